// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.openros.domain.log.Position;

/**
 * Stands between "durable on this disk" and "committed": every node of the required set has acknowledged (group protocol,
 * rules 7 to 9).
 */
public interface CommitGate {
    /** A batch was written but perhaps not flushed; {@link LogTail} shows it. Called in log order; must not block. */
    void written(Position through);

    /** A batch was flushed on this disk. Called in log order; must not block. */
    void durable(Position through);

    /** Whether everything up to there is committed. Any thread, at once. */
    boolean isCommitted(Position through);

    /**
     * Returns once everything up to a position is committed. Called in log order.
     *
     * @throws StorageException with {@code NOT_MASTER} if this node will not commit it
     */
    void awaitCommitted(Position through);
}
