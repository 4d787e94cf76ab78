// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import org.openros.storage.Storage;
import org.openros.storage.StorageContract;
import org.openros.storage.commit.CommitLimits;

final class InMemoryStorageTest extends StorageContract {
    @Override
    protected Storage open(CommitLimits limits) {
        return new InMemoryStorage(limits);
    }

    @Override
    protected void setFull(Storage storage, boolean full) {
        ((InMemoryStorage) storage).setFull(full);
    }
}
