// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.storage.StoreIdentity;

/** What an {@link InMemoryNodeStore} finds again when it is opened anew. Used by one store at a time. */
public final class InMemoryDisk {
    final InMemoryLog log = new InMemoryLog();
    volatile StoreIdentity identity;
    volatile Epoch promised = Epoch.NONE;
    volatile long applied;

    /** The disk of a new node. */
    public InMemoryDisk(GroupId group, NodeId node) {
        identity = new StoreIdentity(group, node, StoreId.random(), null);
    }

    /** Behaves as if the disk were full: nothing can be added to the log until it has room again. */
    public void setFull(boolean full) {
        log.setFull(full);
    }
}
