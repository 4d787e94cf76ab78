// SPDX-License-Identifier: Apache-2.0
package org.openros.core.repeat;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * A task on a thread of its own, from the start of the application to its stop. A round that fails does not end it: the
 * first of several failures is logged, and one because of the store only on the level of debugging, for the store tells
 * that itself.
 */
public final class RepeatedTask implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

    private final String name;
    private final Duration first;
    private final Duration pause;
    private final Runnable round;
    private final ScheduledExecutorService thread;
    private volatile boolean running;
    private boolean troubled;

    /**
     * Creates the task.
     *
     * @param name of the thread
     * @param first how long after the start the first round begins
     * @param pause from the end of a round to the next
     * @param round may block
     */
    public RepeatedTask(String name, Duration first, Duration pause, Runnable round) {
        this.name = name;
        this.first = first;
        this.pause = pause;
        this.round = round;
        thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    // The future tells nothing: the task ends with the executor only.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::guarded, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void guarded() {
        try {
            round.run();
            troubled = false;
        } catch (StoreUnavailableException e) {
            LOG.debug("{}: {}", name, e.getMessage());
        } catch (RuntimeException e) {
            if (!troubled) {
                LOG.error("{}: a round has failed", name, e);
            }
            troubled = true;
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
