// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.openros.storage.Storage;
import org.openros.storage.StorageContract;
import org.openros.storage.commit.CommitLimits;

final class RocksStorageTest extends StorageContract {
    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    @TempDir
    private Path folder;

    @Override
    protected Storage open(CommitLimits limits) {
        return RocksStorage.open(folder, SmallStores.within(limits), room::get);
    }

    @Override
    protected void setFull(Storage storage, boolean full) {
        room.set(full ? 0 : Long.MAX_VALUE);
    }
}
