// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the process stood still: stopped, starved, in a long garbage collection, or frozen with its host. It has a
 * thread that does nothing but wake up.
 */
final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long SLEEP_MILLIS = 100;
    private static final long STALL_NANOS = 1_000_000_000L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongConsumer stalled;
    private final Thread thread = Thread.ofPlatform().daemon().name("group-watchdog").unstarted(this::watch);

    /**
     * A watchdog that sleeps until {@link #start}.
     *
     * @param stalled hears for how many nanoseconds the process stood still, once it goes on
     */
    Watchdog(LongConsumer stalled) {
        this.stalled = stalled;
    }

    void start() {
        thread.start();
    }

    private void watch() {
        try {
            long before = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(SLEEP_MILLIS);
                long now = System.nanoTime();
                if (now - before > STALL_NANOS) {
                    LOG.warn("this process stood still for {} ms", (now - before) / NANOS_PER_MILLI);
                    stalled.accept(now - before);
                }
                before = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
