// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All open sync connections. Thread-safe. */
final class SyncConnections {
    private final Set<SyncConnection> open = ConcurrentHashMap.newKeySet();
    private final SyncMetrics metrics;
    private volatile boolean draining;

    SyncConnections(SyncMetrics metrics) {
        this.metrics = metrics;
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
    }

    int count() {
        return open.size();
    }

    /** Whether new connections are refused. */
    boolean isDraining() {
        return draining;
    }

    /** Closes the connections that were silent for too long. One sweep over all is cheaper than a timer for each. */
    void sweep(long nanoTime, Duration idleTimeout) {
        for (SyncConnection connection : open) {
            if (nanoTime - connection.lastHeard() > idleTimeout.toNanos()) {
                connection.loop().execute(connection::closeSilent);
            }
        }
    }

    /** Refuses new connections from now on and ends all present ones. */
    void drain() {
        draining = true;
        open.forEach(SyncConnection::drain);
    }
}
