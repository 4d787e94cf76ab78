// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** All open sync connections. Thread-safe. */
final class SyncConnections {
    /** A share of the time in which all are ended; other gateways are ready for many more clients. */
    private static final long NANOS_PER_CONNECTION = TimeUnit.MILLISECONDS.toNanos(2);

    private final Set<SyncConnection> open = ConcurrentHashMap.newKeySet();
    private final SyncMetrics metrics;
    private final SlowClients slow;
    private final CountDownLatch drained = new CountDownLatch(1);
    private volatile boolean draining;

    SyncConnections(SyncMetrics metrics, SlowClients slow) {
        this.metrics = metrics;
        this.slow = slow;
    }

    void add(SyncConnection connection) {
        if (open.add(connection)) {
            metrics.connectionOpened();
        }
    }

    void remove(SyncConnection connection) {
        if (open.remove(connection)) {
            metrics.connectionClosed();
        }
        slow.forget(connection);
        reportDrained();
    }

    private void reportDrained() {
        if (draining && open.isEmpty()) {
            drained.countDown();
        }
    }

    int count() {
        return open.size();
    }

    /** Whether new connections are refused. */
    boolean isDraining() {
        return draining;
    }

    /**
     * Closes the connections that were silent for too long, or do not read. One sweep over all is cheaper than a timer
     * for each.
     */
    void sweep(long nanoTime, Duration idleTimeout) {
        for (SyncConnection connection : open) {
            if (nanoTime - connection.lastHeard() > idleTimeout.toNanos()) {
                connection.loop().execute(connection::closeSilent);
            }
            slow.look(connection, nanoTime);
        }
    }

    /**
     * Refuses new connections from now on, ends all present ones, each at a random moment, and waits for that.
     *
     * @param window the time for the moments; few connections take less of it
     * @param patience how much longer this waits
     * @return whether all ended in time
     */
    boolean drain(Duration window, Duration patience) throws InterruptedException {
        draining = true;
        long spread = Math.min(window.toNanos(), open.size() * NANOS_PER_CONNECTION);
        for (SyncConnection connection : open) {
            connection.drain(ThreadLocalRandom.current().nextLong(spread + 1));
        }
        reportDrained();
        return drained.await(spread + patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
