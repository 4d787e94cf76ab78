// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.storage.NodeStore;
import org.openros.storage.NodeStoreContract;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class RocksNodeStoreTest extends NodeStoreContract {
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    @TempDir
    private Path folder;

    @Override
    protected NodeStore open() {
        return openOther(NODE);
    }

    @Override
    protected NodeStore openOther(NodeId node) {
        StoreRecord.Owner owner = new StoreRecord.Owner(GROUP, node);
        return RocksNodeStore.open(path(node), owner, SmallStores.IN_GROUP, room::get, failpoint -> {});
    }

    private Path path(NodeId node) {
        return folder.resolve(node.value());
    }

    @Override
    protected void setFull(boolean full) {
        room.set(full ? 0 : Long.MAX_VALUE);
    }

    @Test
    void folderOfAnotherNodeOrGroupIsRefused() {
        store.close();

        assertForeign(GROUP, new NodeId("b"));
        assertForeign(new GroupId("other"), NODE);
    }

    private void assertForeign(GroupId group, NodeId node) {
        assertThatThrownBy(() -> RocksNodeStore.open(path(NODE), group, node, SmallStores.OPTIONS))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN))
                .hasMessageContaining("belongs to node a of group default")
                .hasMessageContaining("opened for node " + node + " of group " + group)
                .hasMessageContaining("give each node its own folder");
    }

    @Test
    void storeOfALoneWorkerIsTakenOverByANode() {
        store.close();
        Path lone = folder.resolve("lone");
        RocksStorage.open(lone, SmallStores.OPTIONS).close();

        try (NodeStore taken = RocksNodeStore.open(lone, GROUP, NODE, SmallStores.OPTIONS)) {
            assertThat(taken.identity().node()).isEqualTo(NODE);
            assertThat(taken.last().seq()).isEqualTo(1);
        }
    }
}
