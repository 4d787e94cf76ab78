// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.NodeId;
import org.openros.storage.NodeStore;
import org.openros.storage.NodeStoreContract;
import org.openros.storage.commit.CommitLimits;

final class InMemoryNodeStoreTest extends NodeStoreContract {
    private final InMemoryDisk disk = new InMemoryDisk(GROUP, NODE);

    @TempDir
    private Path folder;

    @Override
    protected NodeStore open() {
        return new InMemoryNodeStore(disk, folder.resolve("a"), CommitLimits.DEFAULT);
    }

    @Override
    protected NodeStore openOther(NodeId node) {
        return new InMemoryNodeStore(
                new InMemoryDisk(GROUP, node), folder.resolve(node.value()), CommitLimits.DEFAULT);
    }

    @Override
    protected void setFull(boolean full) {
        disk.setFull(full);
    }
}
