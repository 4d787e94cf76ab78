// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.CommitGate;
import org.openros.storage.CommitListener;
import org.openros.storage.RealmStore;
import org.openros.storage.Storage;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.CommitLimits;
import org.openros.storage.commit.CommitPipeline;
import org.openros.storage.commit.CommitStatistics;

/** Keeps everything on the heap. Same order, limits and threads as the real thing, no durability. */
public final class InMemoryStorage implements Storage {
    private final VolatileLog log = new VolatileLog();
    private final InMemoryState state = new InMemoryState();
    private final CommitPipeline pipeline;
    private volatile boolean closed;

    /** An empty storage with the limits of a worker. */
    public InMemoryStorage() {
        this(CommitLimits.DEFAULT);
    }

    /** An empty storage. */
    public InMemoryStorage(CommitLimits limits) {
        pipeline = new CommitPipeline(log, state, CommitGate.LONE, limits, new CommitStatistics());
    }

    /** Behaves as if the disk were full: commits fail with {@code DISK_FULL} until it has room again. */
    public void setFull(boolean full) {
        log.setFull(full);
    }

    @Override
    public void commit(WriteSet writeSet, CommitListener listener) {
        pipeline.commit(writeSet, listener);
    }

    @Override
    public RealmStore realm(RealmPath path) {
        throwIfClosed();
        return new InMemoryRealmStore(state, path, this::throwIfClosed);
    }

    @Override
    public List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit) {
        throwIfClosed();
        return state.realms(prefix, after, limit);
    }

    @Override
    public void close() {
        pipeline.close();
        closed = true;
    }

    private void throwIfClosed() {
        if (closed) {
            throw new StorageException(StorageException.Reason.CLOSED, "the storage has been closed", null);
        }
    }
}
