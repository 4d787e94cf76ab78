// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.openros.domain.log.Position;

/** A gate that opens as far as a test says. Thread-safe. */
public final class ManualGate implements CommitGate {
    /** What was told, in order: "written 1", "durable 1". */
    public final List<String> told = new CopyOnWriteArrayList<>();

    private long committed;

    /** Everything up to a number is committed. */
    public synchronized void commit(long seq) {
        committed = Math.max(committed, seq);
        notifyAll();
    }

    @Override
    public void written(Position through) {
        told.add("written " + through.seq());
    }

    @Override
    public void durable(Position through) {
        told.add("durable " + through.seq());
    }

    @Override
    public synchronized boolean isCommitted(Position through) {
        return through.seq() <= committed;
    }

    @Override
    public synchronized void awaitCommitted(Position through) {
        try {
            while (!isCommitted(through)) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new StorageException(StorageException.Reason.NOT_MASTER, "the reign ended", e);
        }
    }
}
