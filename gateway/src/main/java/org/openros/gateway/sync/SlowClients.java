// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks out for clients that take nothing while data waits for them. One that takes it slowly is not among them. Only
 * those that are behind are remembered. Thread-safe.
 */
final class SlowClients {
    /** How much sooner patience ends while the gateway holds too much. */
    private static final int HURRY = 10;

    private final Duration timeout;
    private final BufferedBytes buffered;
    private final Map<SyncConnection, Standstill> behind = new ConcurrentHashMap<>();

    SlowClients(Duration timeout, BufferedBytes buffered) {
        this.timeout = timeout;
        this.buffered = buffered;
    }

    /**
     * How far the output of a connection was.
     *
     * @param progress changes with each byte that leaves
     */
    private record Standstill(long progress, long sinceNanos) {}

    /** Looks at a connection; to be repeated several times within the timeout. */
    void look(SyncConnection connection, long nanoTime) {
        if (connection.isWritable()) {
            behind.remove(connection);
        } else {
            connection.loop().execute(() -> compare(connection, nanoTime));
        }
    }

    private void compare(SyncConnection connection, long nanoTime) {
        if (!connection.isOpen()) {
            return;
        }
        long progress = connection.outgoingProgress();
        Standstill before = behind.get(connection);
        if (before == null || before.progress != progress) {
            behind.put(connection, new Standstill(progress, nanoTime));
        } else if (nanoTime - before.sinceNanos > patience()) {
            connection.evict();
        }
    }

    private long patience() {
        return buffered.isExceeded() ? timeout.toNanos() / HURRY : timeout.toNanos();
    }

    /** The connection is closed. Called on its event loop. */
    void forget(SyncConnection connection) {
        behind.remove(connection);
    }
}
