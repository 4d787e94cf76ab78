// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Sweeps idle connections while the gateway runs, and ends all connections before the web server stops. */
final class SyncLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLifecycle.class);

    /** How often silent connections are looked for, as a part of the time that they may be silent. */
    private static final int SWEEPS_PER_TIMEOUT = 20;

    private static final long STOP_MILLIS = 3_000;
    private static final long POLL_MILLIS = 10;

    private final SyncConnections connections;
    private final Duration idleTimeout;
    private @Nullable ScheduledExecutorService sweeper;

    SyncLifecycle(SyncConnections connections, Duration idleTimeout) {
        this.connections = connections;
        this.idleTimeout = idleTimeout;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("sync-sweep").daemon().factory());
        long period = Math.max(1, idleTimeout.toMillis() / SWEEPS_PER_TIMEOUT);
        timer.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
        sweeper = timer;
    }

    private void sweep() {
        connections.sweep(System.nanoTime(), idleTimeout);
    }

    @Override
    public synchronized void stop() {
        if (sweeper == null) {
            return;
        }
        sweeper.shutdownNow();
        sweeper = null;
        LOG.info("ending {} sync connections", connections.count());
        connections.drain();
        awaitEnd();
    }

    private void awaitEnd() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
        try {
            while (connections.count() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return sweeper != null;
    }

    /** Before the web server, which would wait for the connections otherwise. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
