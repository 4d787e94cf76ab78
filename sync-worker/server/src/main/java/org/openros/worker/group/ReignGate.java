// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.StorageException;

/**
 * The gate of one reign: the machine moves its commit point, the storage's applier waits for it. Nobody takes a lock here,
 * and no thread stands between the acknowledgement of a follower and the applier.
 */
final class ReignGate implements CommitGate {
    private final Epoch epoch;
    private final Runnable written;
    private final Consumer<Position> durable;
    private @Nullable Position held;
    private boolean open;
    private volatile long committed;
    private volatile boolean over;
    /** The one thread that waits, the storage's applier. */
    private volatile @Nullable Thread waiting;

    /**
     * A gate that reports no flush before {@link #open}.
     *
     * @param written wakes those who send entries
     * @param durable hears of every flush, on the thread that writes the log
     */
    ReignGate(Epoch epoch, Runnable written, Consumer<Position> durable) {
        this.epoch = epoch;
        this.written = written;
        this.durable = durable;
    }

    Epoch epoch() {
        return epoch;
    }

    /** What was flushed meanwhile is reported now: the machine knows what was inherited. */
    synchronized void open() {
        open = true;
        if (held != null) {
            durable.accept(held);
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
        written.run();
    }

    @Override
    public void durable(Position through) {
        synchronized (this) {
            if (!open) {
                held = through;
                return;
            }
        }
        durable.accept(through);
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
