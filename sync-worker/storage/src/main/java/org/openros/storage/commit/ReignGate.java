// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

/**
 * A gate that nobody waits at any more once the reign has ended. Whoever waits then is interrupted; at no other time,
 * since an interrupt would close files.
 */
final class ReignGate implements CommitGate {
    private final CommitGate gate;
    private @Nullable Thread waiting;
    private boolean ended;

    ReignGate(CommitGate gate) {
        this.gate = gate;
    }

    static StorageException notMaster() {
        return new StorageException(Reason.NOT_MASTER, "this node is no longer the master of its group", null);
    }

    @Override
    public void written(Position through) {
        gate.written(through);
    }

    @Override
    public void durable(Position through) {
        gate.durable(through);
    }

    @Override
    public boolean isCommitted(Position through) {
        return gate.isCommitted(through);
    }

    @Override
    public void awaitCommitted(Position through) {
        if (gate.isCommitted(through)) {
            return;
        }
        enter();
        try {
            gate.awaitCommitted(through);
        } finally {
            leave();
        }
    }

    @Override
    public void failed(StorageException failure) {
        gate.failed(failure);
    }

    private synchronized void enter() {
        if (ended) {
            throw notMaster();
        }
        waiting = Thread.currentThread();
    }

    private synchronized void leave() {
        waiting = null;
        if (ended) {
            clearInterrupt();
        }
    }

    @SuppressWarnings("CheckReturnValue")
    private static void clearInterrupt() {
        Thread.interrupted();
    }

    /** Ends all waiting. */
    synchronized void end() {
        ended = true;
        if (waiting != null) {
            waiting.interrupt();
        }
    }
}
