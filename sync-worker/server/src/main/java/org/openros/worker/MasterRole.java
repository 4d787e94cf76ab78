// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.net.URI;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LeaderLock;
import org.openros.cluster.LeaderLock.Leadership;
import org.openros.domain.GroupId;
import org.openros.worker.link.SessionStreams;
import org.openros.worker.realm.Realms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the worker master of its group as soon as the lock is free, and ends its reign in good order. Sessions are served
 * only in between. Thread-safe.
 */
final class MasterRole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MasterRole.class);
    private static final long RETRY_MILLIS = 200;
    private static final long SWEEP_MILLIS = 500;

    private final LeaderLock lock;
    private final WorkerProperties properties;
    private final SessionStreams streams;
    private final Realms realms;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("worker-timer").daemon().factory());
    private @Nullable Leadership leadership;
    private boolean closed;

    MasterRole(LeaderLock lock, WorkerProperties properties, SessionStreams streams, Realms realms) {
        this.lock = lock;
        this.properties = properties;
        this.streams = streams;
        this.realms = realms;
    }

    /**
     * Begins to compete for the lock.
     *
     * @param link where gateways reach this worker
     * @param api where services reach this worker
     */
    void start(URI link, URI api) {
        timer.scheduleWithFixedDelay(() -> compete(link, api), 0, RETRY_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(realms::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether this worker is the master now. */
    synchronized boolean isMaster() {
        return leadership != null;
    }

    private synchronized void compete(URI link, URI api) {
        if (leadership != null || closed) {
            return;
        }
        // Streams are let in first: gateways come as soon as they see the lock taken.
        streams.serve(true);
        Leadership taken = lock.tryAcquire(new GroupId(properties.group()), properties.node(), link, api);
        if (taken == null) {
            streams.serve(false);
            return;
        }
        leadership = taken;
        LOG.info("master of group {} in epoch {}", properties.group(), taken.epoch());
    }

    /** Gives the lock back and ends all sessions so that their clients try again. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        timer.shutdown();
        streams.serve(false);
        if (leadership != null) {
            leadership.close();
            leadership = null;
        }
        realms.close("the worker stops");
    }
}
