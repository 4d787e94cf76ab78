// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The only owner of RocksDB's native objects. Using one after it was closed ends the whole process, so every use
 * holds the gate open, and closing waits for it. Thread-safe; a visitor may read, but not close.
 */
final class StateDatabase implements AutoCloseable {
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
    private final RocksSettings settings;
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families;
    private final ReadOptions readOptions = new ReadOptions();
    private final WriteOptions writeOptions = new WriteOptions().setDisableWAL(true);
    private final FlushOptions flushOptions = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true);
    private volatile boolean closing;
    private boolean closed;

    /** Receives pairs in the order of their keys. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the next pair; false ends the walk. */
        boolean visit(byte[] key, byte[] value);
    }

    /** Collects changes that take effect together. */
    final class Batch {
        private final WriteBatch batch;

        private Batch(WriteBatch batch) {
            this.batch = batch;
        }

        void put(Family family, byte[] key, byte[] value) {
            run(() -> batch.put(handle(family), key, value));
        }

        void delete(Family family, byte[] key) {
            run(() -> batch.delete(handle(family), key));
        }

        void deleteRange(Family family, byte[] from, byte[] to) {
            run(() -> batch.deleteRange(handle(family), from, to));
        }
    }

    private StateDatabase(RocksSettings settings, RocksDB db, List<ColumnFamilyHandle> families) {
        this.settings = settings;
        this.db = db;
        this.families = families;
    }

    /** Opens or creates the database of a folder. */
    static StateDatabase open(Path folder, StorageOptions options) {
        return open(folder, options, false);
    }

    /** Opens the database of a folder without changing it, but for a file that says so. */
    static StateDatabase openReadOnly(Path folder, StorageOptions options) {
        return open(folder, options, true);
    }

    private static StateDatabase open(Path folder, StorageOptions options, boolean readOnly) {
        RocksSettings settings = new RocksSettings(options);
        List<ColumnFamilyDescriptor> descriptors = Arrays.stream(Family.values())
                .map(family -> new ColumnFamilyDescriptor(family.label.getBytes(UTF_8), settings.of(family)))
                .toList();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            String name = folder.toString();
            RocksDB db = readOnly
                    ? RocksDB.openReadOnly(settings.database(), name, descriptors, handles)
                    : RocksDB.open(settings.database(), name, descriptors, handles);
            return new StateDatabase(settings, db, handles);
        } catch (RocksDBException e) {
            settings.close();
            throw failure("the state in " + folder + " cannot be opened", e);
        }
    }

    byte @Nullable [] get(Family family, byte[] key) {
        enter();
        try {
            return db.get(handle(family), readOptions, key);
        } catch (RocksDBException e) {
            throw failure("the state cannot be read", e);
        } finally {
            leave();
        }
    }

    /**
     * Walks the pairs of one instant.
     *
     * @param from the first key
     * @param to keys below this one
     */
    void scan(Family family, byte[] from, byte[] to, Visitor visitor) {
        enter();
        try (RocksIterator pairs = db.newIterator(handle(family), readOptions)) {
            pairs.seek(from);
            walk(pairs, to, visitor);
        } catch (RocksDBException e) {
            throw failure("the state cannot be read", e);
        } finally {
            leave();
        }
    }

    private static void walk(RocksIterator pairs, byte[] to, Visitor visitor) throws RocksDBException {
        while (pairs.isValid()) {
            byte[] key = pairs.key();
            if (Arrays.compareUnsigned(key, to) >= 0 || !visitor.visit(key, pairs.value())) {
                return;
            }
            pairs.next();
        }
        pairs.status();
    }

    /** About how many bytes the pairs from a key up to below another take, on the disk and in memory. */
    long approximateBytes(Family family, byte[] from, byte[] to) {
        enter();
        try (Slice first = new Slice(from);
                Slice end = new Slice(to)) {
            List<Range> range = List.of(new Range(first, end));
            return db.getApproximateSizes(
                    handle(family), range, SizeApproximationFlag.INCLUDE_FILES,
                    SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
        } finally {
            leave();
        }
    }

    /** Changes what the consumer puts into the batch; visible at once, durable with the next {@link #flush}. */
    void write(Consumer<Batch> changes) {
        enter();
        try (WriteBatch batch = new WriteBatch()) {
            changes.accept(new Batch(batch));
            db.write(writeOptions, batch);
        } catch (RocksDBException e) {
            throw failure("the state cannot be changed", e);
        } finally {
            leave();
        }
    }

    /** The content of one instant, kept until it is closed; not necessarily durable. */
    View view() {
        enter();
        try {
            return new View(db.getSnapshot());
        } finally {
            leave();
        }
    }

    /** What the database held at one instant. */
    final class View implements AutoCloseable {
        private final Snapshot snapshot;

        private View(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        byte @Nullable [] get(Family family, byte[] key) {
            enter();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot)) {
                return db.get(handle(family), options, key);
            } catch (RocksDBException e) {
                throw failure("the state cannot be read", e);
            } finally {
                leave();
            }
        }

        /** As {@link StateDatabase#scan}; ends with {@code CLOSED} when the database is about to be closed. */
        void scan(Family family, byte[] from, byte[] to, Visitor visitor) {
            enter();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
                    RocksIterator pairs = db.newIterator(handle(family), options)) {
                pairs.seek(from);
                walk(pairs, to, visitor);
                throwIfClosing();
            } catch (RocksDBException e) {
                throw failure("the state cannot be read", e);
            } finally {
                leave();
            }
        }

        /** Walks all pairs of a family; ends with {@code CLOSED} when the database is about to be closed. */
        void scan(Family family, Visitor visitor) {
            enter();
            try (ReadOptions options = new ReadOptions().setSnapshot(snapshot).setFillCache(false);
                    RocksIterator pairs = db.newIterator(handle(family), options)) {
                for (pairs.seekToFirst(); pairs.isValid(); pairs.next()) {
                    if (closing || !visitor.visit(pairs.key(), pairs.value())) {
                        break;
                    }
                }
                pairs.status();
                throwIfClosing();
            } catch (RocksDBException e) {
                throw failure("the state cannot be read", e);
            } finally {
                leave();
            }
        }

        @Override
        public void close() {
            gate.readLock().lock();
            try {
                if (!closed) {
                    db.releaseSnapshot(snapshot);
                }
            } finally {
                gate.readLock().unlock();
            }
        }
    }

    /**
     * Writes everything to the disk and links the files into a folder.
     *
     * @param folder absolute; made by this
     */
    void checkpoint(Path folder) {
        enter();
        try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(folder.toString());
        } catch (RocksDBException e) {
            throw failure("no checkpoint of the state can be made", e);
        } finally {
            leave();
        }
    }

    /** Returns once everything written before the call is durable. */
    void flush() {
        enter();
        try {
            db.flush(flushOptions, families);
        } catch (RocksDBException e) {
            throw failure("the state cannot be written to the disk", e);
        } finally {
            leave();
        }
    }

    private ColumnFamilyHandle handle(Family family) {
        return families.get(family.ordinal());
    }

    /** Throws {@code CLOSED} after the end. */
    void throwIfClosed() {
        enter();
        leave();
    }

    private void enter() {
        gate.readLock().lock();
        if (closed) {
            gate.readLock().unlock();
            throw closedNow();
        }
    }

    private void throwIfClosing() {
        if (closing) {
            throw closedNow();
        }
    }

    private static StorageException closedNow() {
        return new StorageException(Reason.CLOSED, "the storage has been closed", null);
    }

    private void leave() {
        gate.readLock().unlock();
    }

    @FunctionalInterface
    private interface Change {
        void make() throws RocksDBException;
    }

    private static void run(Change change) {
        try {
            change.make();
        } catch (RocksDBException e) {
            throw failure("the state cannot be changed", e);
        }
    }

    private static StorageException failure(String what, RocksDBException cause) {
        Status status = cause.getStatus();
        Reason reason = status == null ? Reason.IO : reason(status, String.valueOf(cause.getMessage()));
        String advice = switch (reason) {
            case DISK_FULL -> "the disk is full, free some space";
            case CORRUPT -> "files are damaged or missing; restore a backup, or let the node join anew";
            default -> "check the disk";
        };
        return new StorageException(reason, what + ": " + advice + " (" + cause.getMessage() + ")", cause);
    }

    private static Reason reason(Status status, String message) {
        if (status.getSubCode() == Status.SubCode.NoSpace || message.contains("No space left")) {
            return Reason.DISK_FULL;
        }
        boolean missing = message.contains("No such file") || message.contains("does not exist");
        return status.getCode() == Status.Code.Corruption || missing ? Reason.CORRUPT : Reason.IO;
    }

    /** Long walks through views end with {@code CLOSED} from now on. */
    void announceEnd() {
        closing = true;
    }

    /** Waits for uses to end and releases everything; what was not flushed is gone. Idempotent. */
    @Override
    public void close() {
        announceEnd();
        gate.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                families.forEach(ColumnFamilyHandle::close);
                db.close();
                readOptions.close();
                writeOptions.close();
                flushOptions.close();
                settings.close();
            }
        } finally {
            gate.writeLock().unlock();
        }
    }
}
