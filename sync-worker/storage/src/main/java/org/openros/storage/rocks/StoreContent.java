// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.UUID;
import java.util.function.LongSupplier;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.commit.HashedState;
import org.openros.storage.log.FileCommitLog;
import org.openros.storage.log.LogOptions;

/** Log and state of a store, which belong to each other. */
final class StoreContent implements AutoCloseable {
    private final StateDatabase db;
    private final RocksState state;
    private final HashedState hashed;
    private final FileCommitLog log;
    private final Checkpointer checkpointer;
    private final GuardedLog guarded;

    private StoreContent(StateDatabase db, StoreFolder folder, StorageOptions options, LongSupplier room) {
        this.db = db;
        this.state = new RocksState(db, folder.record().content());
        this.log = openLog(folder, options, state);
        this.hashed = new HashedState(state, log::position);
        this.checkpointer = new Checkpointer(db, state, log, options.flushAfterLogBytes());
        this.guarded = new GuardedLog(log, room, options.diskReserveBytes(), checkpointer);
    }

    /** Opens what is in a folder, and checks that it is what was there at the end. */
    static StoreContent open(StoreFolder folder, StorageOptions options, LongSupplier room) {
        StateDatabase db = StateDatabase.open(folder.state(), options);
        try {
            StoreContent content = new StoreContent(db, folder, options, room);
            content.checkEnd(folder);
            return content;
        } catch (RuntimeException | Error e) {
            db.close();
            throw e;
        }
    }

    private static FileCommitLog openLog(StoreFolder folder, StorageOptions options, RocksState state) {
        int spares = Math.toIntExact(options.flushAfterLogBytes() / options.logSegmentBytes() + 2);
        UUID content = folder.record().content();
        LogOptions logOptions = new LogOptions(
                content, options.logSegmentBytes(), spares, options.recentLogBytes(), options.laggardLogBytes());
        return FileCommitLog.open(folder.log(), logOptions, state.applied(), state.epochs());
    }

    /** After a clean end nothing can be torn, so whatever is missing was lost. */
    private void checkEnd(StoreFolder folder) {
        Position end = folder.record().closedAt();
        if (end != null && !end.equals(log.last())) {
            Position found = log.last();
            log.close();
            throw new StorageException(
                    Reason.CORRUPT,
                    "the log in " + folder.log() + " was closed at entry " + end.seq() + " and ends at entry "
                            + found.seq() + " now: restore a backup or let the node join anew",
                    null);
        }
    }

    StateDatabase db() {
        return db;
    }

    RocksState state() {
        return state;
    }

    /** The state, to change it. */
    HashedState hashed() {
        return hashed;
    }

    FileCommitLog log() {
        return log;
    }

    GuardedLog guarded() {
        return guarded;
    }

    /** Makes the state durable and releases everything. */
    @Override
    public void close() {
        db.announceEnd();
        hashed.close();
        checkpointer.close();
        log.close();
        db.close();
    }
}
