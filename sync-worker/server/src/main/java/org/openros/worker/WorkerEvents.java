// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.openros.domain.RealmPath;
import org.openros.protocol.SyncError;
import org.openros.worker.realm.RealmEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what happens in realms and counts it. */
final class WorkerEvents implements RealmEvents {
    private static final Logger LOG = LoggerFactory.getLogger("org.openros.worker.realm");

    /** The status of a process that ended so, like that of the JVM's own end. */
    private static final int EXHAUSTED = 3;

    private final MeterRegistry meters;
    private final Counter uploads;
    private final Counter entries;
    private final Counter bytes;

    WorkerEvents(MeterRegistry meters) {
        this.meters = meters;
        uploads = meters.counter("ros.worker.uploads");
        entries = meters.counter("ros.worker.entries");
        bytes = meters.counter("ros.worker.entry.bytes");
    }

    @Override
    public void integrated(int count, long size) {
        uploads.increment();
        entries.increment(count);
        bytes.increment(size);
    }

    @Override
    public void refused(RealmPath realm, SyncError error, String message) {
        meters.counter("ros.worker.refusals", "error", error.name()).increment();
        LOG.info("{}: a session was refused with {}: {}", realm, error, message);
    }

    @Override
    public void clientFailed(RealmPath realm, int code, String message) {
        meters.counter("ros.worker.client.failures").increment();
        LOG.warn("{}: a client could not integrate a download, code {}: {}", realm, code, message);
    }

    @Override
    public void commitFailed(RealmPath realm, Throwable failure) {
        LOG.error("{}: changes could not be stored; clients try again: {}", realm, failure.getMessage());
    }

    @Override
    public void failed(RealmPath realm, Throwable failure) {
        LOG.error("{}: the realm failed; clients try again", realm, failure);
        if (failure instanceof OutOfMemoryError) {
            // Memory outside of the heap may be exhausted too, which no option of the JVM answers. Nobody knows what
            // else has failed; a process that is gone does not hold the lock of its group.
            LOG.error("The worker ends, because its memory is exhausted");
            Runtime.getRuntime().halt(EXHAUSTED);
        }
    }
}
