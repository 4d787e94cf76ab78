// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.storage.StorageException;
import org.openros.storage.rocks.RocksNodeStore;
import org.openros.storage.rocks.StorageOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store of a node. */
final class NodeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFolder.class);

    private NodeFolder() {}

    /**
     * Opens it. In a group, damaged contents are put aside and the node starts over as a new store: the others have
     * copies.
     *
     * @throws StorageException if the folder cannot be used
     */
    static RocksNodeStore open(WorkerProperties properties) {
        GroupId group = new GroupId(properties.group());
        NodeId node = new NodeId(properties.node());
        if (properties.nodes().size() == 1) {
            return RocksNodeStore.open(properties.data(), group, node, StorageOptions.DEFAULT);
        }
        try {
            return RocksNodeStore.open(properties.data(), group, node, StorageOptions.IN_GROUP);
        } catch (StorageException e) {
            if (e.reason() != StorageException.Reason.CORRUPT) {
                throw e;
            }
            LOG.error("The store is damaged; it is put aside, and another node's is taken in its place: {}",
                    e.getMessage());
            RocksNodeStore.discard(properties.data(), group, node);
            return RocksNodeStore.open(properties.data(), group, node, StorageOptions.IN_GROUP);
        }
    }
}
