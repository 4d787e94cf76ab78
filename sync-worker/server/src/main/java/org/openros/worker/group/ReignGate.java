// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.StorageException;

/**
 * The gate of one reign: the machine moves its commit point, the storage's applier waits for it. Nobody takes a lock
 * here, and no thread stands between the acknowledgement of a follower and the applier.
 */
final class ReignGate implements CommitGate {
    private final Epoch epoch;
    private final Hearing hearing;
    private @Nullable Position held;
    private boolean open;
    private volatile long committed;
    private volatile boolean over;
    /** The one thread that waits, the storage's applier. */
    private volatile @Nullable Thread waiting;

    /**
     * A gate that reports no flush before {@link #open}.
     *
     * @param hearing of what happens in the log
     */
    ReignGate(Epoch epoch, Hearing hearing) {
        this.epoch = epoch;
        this.hearing = hearing;
    }

    /** Hears what happens in the log of a reign, on the thread on which it happens. */
    interface Hearing {
        /** There is something to send. */
        void written();

        /** The log was flushed up to there. */
        void flushed(Position through);

        /** A batch failed. */
        void failed(StorageException failure);
    }

    Epoch epoch() {
        return epoch;
    }

    /** What was flushed meanwhile is reported now: the machine knows what was inherited. */
    synchronized void open() {
        open = true;
        if (held != null) {
            hearing.flushed(held);
            held = null;
        }
    }

    /** Everything up to there is committed. */
    void commit(long seq) {
        committed = seq;
        LockSupport.unpark(waiting);
    }

    /** Everything up to there is committed. */
    long committed() {
        return committed;
    }

    /** Nothing more will be committed in this reign. Idempotent. */
    void end() {
        over = true;
        LockSupport.unpark(waiting);
    }

    @Override
    public void written(Position through) {
        hearing.written();
    }

    @Override
    public void durable(Position through) {
        synchronized (this) {
            if (!open) {
                held = through;
                return;
            }
        }
        hearing.flushed(through);
    }

    /** Nobody needs to know of failures once the reign is over: the node is leaving it. */
    @Override
    public void failed(StorageException failure) {
        if (!over) {
            hearing.failed(failure);
        }
    }

    @Override
    public boolean isCommitted(Position through) {
        return through.seq() <= committed;
    }

    @Override
    public void awaitCommitted(Position through) {
        waiting = Thread.currentThread();
        while (through.seq() > committed) {
            if (over) {
                throw new StorageException(
                        StorageException.Reason.NOT_MASTER, "the reign of epoch " + epoch + " has ended", null);
            }
            LockSupport.park(this);
            over |= Thread.interrupted();
        }
    }
}
