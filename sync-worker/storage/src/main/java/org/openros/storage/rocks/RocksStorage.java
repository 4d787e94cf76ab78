// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.CommitListener;
import org.openros.storage.DiskFailure;
import org.openros.storage.RealmStore;
import org.openros.storage.Storage;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.CommitLog;
import org.openros.storage.commit.CommitPipeline;
import org.openros.storage.commit.CommitStatistics;
import org.openros.storage.commit.DurabilityGate;
import org.openros.storage.log.FileCommitLog;
import org.openros.storage.log.LogOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps everything in one folder: {@code log} until it is in {@code state}, a RocksDB. Handles of realms cost
 * nothing.
 */
public final class RocksStorage implements Storage {
    private static final Logger log = LoggerFactory.getLogger(RocksStorage.class);

    private final StoreFolder folder;
    private final StateDatabase db;
    private final RocksState state;
    private final CommitLog commitLog;
    private final Checkpointer checkpointer;
    private final CommitPipeline pipeline;
    private boolean closed;

    private RocksStorage(StoreFolder folder, StateDatabase db, StorageOptions options, LongSupplier usableSpace) {
        this.folder = folder;
        this.db = db;
        this.state = new RocksState(db, folder.storeId());
        this.commitLog = openLog(folder, options, state.applied());
        this.checkpointer = new Checkpointer(db, state, commitLog, options.flushAfterLogBytes());
        try {
            replay();
        } catch (StorageException e) {
            commitLog.close();
            throw e;
        }
        CommitLog guarded = new SpaceGuardedLog(commitLog, usableSpace, options.diskReserveBytes(), checkpointer);
        this.pipeline = new CommitPipeline(guarded, state, DurabilityGate.LOCAL, options.limits());
    }

    /**
     * Opens the storage of a folder, or creates it in an empty or missing one.
     *
     * @throws StorageException if the folder cannot be used; it is left as it was
     */
    public static RocksStorage open(Path path, StorageOptions options) {
        return open(path, options, null);
    }

    /**
     * The same with another way to find out the room on the disk.
     *
     * @param usableSpace in bytes; null to ask the file system
     */
    static RocksStorage open(Path path, StorageOptions options, @Nullable LongSupplier usableSpace) {
        long start = System.nanoTime();
        StoreFolder folder = StoreFolder.open(path);
        StateDatabase db = null;
        try {
            LongSupplier room = usableSpace == null ? usableSpace(folder.path()) : usableSpace;
            NativeLibrary.load(folder.nativeLibrary());
            db = StateDatabase.open(folder.state(), options);
            RocksStorage storage = new RocksStorage(folder, db, options, room);
            log.info("Opened store {} in {} at entry {} within {} ms", folder.storeId(), folder.path(),
                    storage.state.applied().seq(), (System.nanoTime() - start) / 1_000_000);
            return storage;
        } catch (RuntimeException | Error e) {
            if (db != null) {
                db.close();
            }
            folder.close();
            throw e;
        }
    }

    private static LongSupplier usableSpace(Path path) {
        try {
            FileStore disk = Files.getFileStore(path);
            return () -> usableSpace(disk);
        } catch (IOException e) {
            throw DiskFailure.of("the disk of " + path + " cannot be asked for its room", e);
        }
    }

    private static long usableSpace(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            throw DiskFailure.of("the disk cannot be asked for its room", e);
        }
    }

    private static CommitLog openLog(StoreFolder folder, StorageOptions options, Position applied) {
        int spares = Math.toIntExact(options.flushAfterLogBytes() / options.logSegmentBytes() + 2);
        LogOptions logOptions = new LogOptions(folder.storeId(), options.logSegmentBytes(), spares);
        return FileCommitLog.open(folder.log(), logOptions, applied);
    }

    private void replay() {
        Replay replay = new Replay(state);
        commitLog.replay(state.applied().seq(), replay);
        replay.finish();
        if (replay.count() > 0) {
            log.info("Read {} entries of the log again", replay.count());
            checkpointer.checkpointSoon();
        }
    }

    /** Counts since the storage was opened. */
    public CommitStatistics statistics() {
        return pipeline.statistics();
    }

    @Override
    public void commit(WriteSet writeSet, CommitListener listener) {
        pipeline.commit(writeSet, listener);
    }

    @Override
    public RealmStore realm(RealmPath path) {
        db.throwIfClosed();
        return new RocksRealmStore(db, state.directory(), path);
    }

    @Override
    public List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit) {
        return state.directory().list(prefix, after, limit);
    }

    @Override
    public synchronized void close() {
        state.stopWaiting();
        pipeline.close();
        if (!closed) {
            closed = true;
            checkpointer.close();
            commitLog.close();
            db.close();
            folder.close();
        }
    }
}
