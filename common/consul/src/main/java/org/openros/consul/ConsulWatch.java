// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.LockServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a prefix by blocking queries, on a virtual thread. An index that goes back means that Consul has lost its
 * state or was restored: the watch starts over, and so it does after each failure.
 */
final class ConsulWatch implements GroupView.Registration {
    private static final Logger LOG = LoggerFactory.getLogger(ConsulWatch.class);

    /** How long a query waits at least for something new. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    /** Spread over this, so that the watches of many processes do not come back at once. */
    private static final Duration JITTER = Duration.ofSeconds(10);

    /** For a query: Consul waits up to a sixteenth longer. */
    static final Duration TIMEOUT = WAIT.plus(JITTER).multipliedBy(17).dividedBy(16).plus(Duration.ofSeconds(2));

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** What is under the prefix, and the index of that state. */
    record State(long index, List<Value> values) {}

    /** What tells one state of a value from another. */
    private record Version(String key, long index, @Nullable String session) {}

    private final ConsulLockService consul;
    private final String prefix;
    private final Consumer<List<Value>> listener;
    private final Consumer<ConsulWatch> onClose;
    private final Thread thread;
    private volatile boolean closed;
    private long index;
    private @Nullable List<Version> told;
    private Duration pause = Duration.ZERO;

    ConsulWatch(
            ConsulLockService consul,
            String prefix,
            Consumer<List<Value>> listener,
            Consumer<ConsulWatch> onClose) {
        this.consul = consul;
        this.prefix = prefix;
        this.listener = listener;
        this.onClose = onClose;
        this.thread = Thread.ofVirtual().name("consul-watch " + prefix).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                heard(consul.await(prefix, index, patience()));
            } catch (LockServiceException e) {
                failed(e);
            } catch (RuntimeException e) {
                LOG.error("the watcher of {} failed", prefix, e);
            }
        }
    }

    private static Duration patience() {
        return WAIT.plusMillis(ThreadLocalRandom.current().nextLong(JITTER.toMillis()));
    }

    private void heard(State state) {
        if (!pause.isZero()) {
            LOG.info("the watch of {} goes on: Consul answers again", prefix);
            pause = Duration.ZERO;
        }
        // Without an index, or with index 0, the next query would not wait.
        index = state.index < index ? 0 : Math.max(state.index, 1);
        List<Version> versions = state.values.stream()
                .map(value -> new Version(value.key(), value.index(), value.session()))
                .toList();
        if (!versions.equals(told) && !closed) {
            told = versions;
            listener.accept(state.values);
        }
    }

    private void failed(LockServiceException failure) {
        if (closed) {
            return;
        }
        if (pause.isZero()) {
            LOG.warn("the watch of {} is interrupted, what it has reported stays: {}", prefix, failure.getMessage());
        }
        index = 0;
        pause = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2, pause.toNanos()));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        onClose.accept(this);
    }
}
