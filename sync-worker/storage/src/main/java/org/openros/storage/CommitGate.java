// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.openros.domain.log.Position;

/**
 * Stands between "durable on this disk" and "committed": every node of the required set has acknowledged (group
 * protocol, rules 7 to 9).
 */
public interface CommitGate {
    /** Of a node that needs nobody else: what is durable here is committed. */
    CommitGate LONE = new CommitGate() {
        @Override
        public void written(Position through) {}

        @Override
        public void durable(Position through) {}

        @Override
        public boolean isCommitted(Position through) {
            return true;
        }

        @Override
        public void awaitCommitted(Position through) {}
    };

    /** A batch was written but perhaps not flushed; {@link LogTail} shows it. Called in log order; must not block. */
    void written(Position through);

    /** A batch was flushed on this disk. Called in log order; must not block. */
    void durable(Position through);

    /** Whether everything up to there is committed. Any thread, at once. */
    boolean isCommitted(Position through);

    /**
     * Returns once everything up to a position is committed. Called in log order, on one thread, unless
     * {@link #isCommitted} has said so before. The thread is interrupted when the reign is closed, and only while it is
     * in here.
     *
     * @throws StorageException with {@code NOT_MASTER} if this node will not commit it, or the thread is interrupted
     */
    void awaitCommitted(Position through);

    /**
     * A batch could not be written, flushed or applied, or the inheritance could not; not because the reign ends. Comes
     * for every batch that fails. Any thread of the storage; must not block.
     */
    default void failed(StorageException failure) {}
}
