// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.link.LinkChannels;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sweeps idle connections while the gateway runs. Ends all connections, and the links to workers, before the web server
 * stops and takes the event loops of both along.
 */
final class SyncLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLifecycle.class);

    /** How often silent connections are looked for, as a part of the time that they may be silent. */
    private static final int SWEEPS_PER_TIMEOUT = 20;

    /** How often clients that do not read are looked for, likewise. */
    private static final int LOOKS_PER_TIMEOUT = 4;

    /** How long a stop waits for connections that were told to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SyncConnections connections;
    private final LinkChannels links;
    private final Duration idleTimeout;
    private final Duration period;
    private final DrainSettings draining;
    private @Nullable ScheduledExecutorService sweeper;

    SyncLifecycle(
            SyncConnections connections,
            LinkChannels links,
            Duration idleTimeout,
            Duration slowTimeout,
            DrainSettings draining) {
        this.connections = connections;
        this.links = links;
        this.idleTimeout = idleTimeout;
        this.draining = draining;
        Duration forIdle = idleTimeout.dividedBy(SWEEPS_PER_TIMEOUT);
        Duration forSlow = slowTimeout.dividedBy(LOOKS_PER_TIMEOUT);
        this.period = forIdle.compareTo(forSlow) < 0 ? forIdle : forSlow;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the timer
    public synchronized void start() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("sync-sweep").daemon().factory());
        long millis = Math.max(1, period.toMillis());
        timer.scheduleWithFixedDelay(this::sweep, millis, millis, TimeUnit.MILLISECONDS);
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
        try {
            TimeUnit.NANOSECONDS.sleep(draining.delay().toNanos());
            LOG.info("ending {} sync connections", connections.count());
            if (!connections.drain(draining.window(), PATIENCE)) {
                LOG.warn("{} sync connections did not end in time", connections.count());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            links.close();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return sweeper != null;
    }

    /** After readiness, and before the web server, which would wait for the connections otherwise. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
