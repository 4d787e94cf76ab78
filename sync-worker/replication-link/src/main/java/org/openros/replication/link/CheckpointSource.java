// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.storage.StorageException;
import org.openros.storage.StoreCheckpoint;

/** Where the checkpoints come from that followers fetch. Thread-safe. */
@FunctionalInterface
public interface CheckpointSource {
    /**
     * Makes a checkpoint; may block. The link closes it when the follower has it, or does not come for it.
     *
     * @param follower who wants it
     * @param epoch that the follower follows
     * @throws StorageException with {@code NOT_MASTER} if this node is not the master of that epoch, with another
     *     reason if it cannot make one now
     */
    StoreCheckpoint open(NodeId follower, Epoch epoch);
}
