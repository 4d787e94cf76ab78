// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.CommitGate;
import org.openros.storage.CommitListener;
import org.openros.storage.RealmStore;
import org.openros.storage.Storage;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.CommitStatistics;

/**
 * A store that leads from the start to the end and is committed at once, for tests of what a master does with its disk.
 */
final class RocksStorage implements Storage {
    private final RocksNodeStore store;
    private final RocksLeading leading;

    private RocksStorage(RocksNodeStore store) {
        this.store = store;
        this.leading = store.lead(store.promisedEpoch().next(), CommitGate.LONE);
        try {
            leading.established().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StorageException failure ? failure : e;
        }
    }

    /**
     * Opens the storage of a folder, or creates it in an empty or missing one.
     *
     * @throws StorageException if the folder cannot be used; it is left as it was
     */
    static RocksStorage open(Path path, StorageOptions options) {
        return open(path, options, null);
    }

    /**
     * The same with another way to find out the room on the disk.
     *
     * @param usableSpace in bytes; null to ask the file system
     */
    static RocksStorage open(Path path, StorageOptions options, @Nullable LongSupplier usableSpace) {
        RocksNodeStore store = RocksNodeStore.open(path, null, options, usableSpace, failpoint -> {});
        try {
            return new RocksStorage(store);
        } catch (RuntimeException | Error e) {
            store.close();
            throw e;
        }
    }

    /** Counts since the storage was opened. */
    CommitStatistics statistics() {
        return store.statistics();
    }

    @Override
    public void commit(WriteSet writeSet, CommitListener listener) {
        leading.commit(writeSet, listener);
    }

    @Override
    public RealmStore realm(RealmPath path) {
        return leading.realm(path);
    }

    @Override
    public List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit) {
        return leading.realms(prefix, after, limit);
    }

    @Override
    public void close() {
        store.stopWaiting();
        leading.finish();
        store.close();
    }
}
