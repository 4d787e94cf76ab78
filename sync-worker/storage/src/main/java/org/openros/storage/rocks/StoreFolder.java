// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openros.domain.StoreId;
import org.openros.storage.DiskFailure;
import org.openros.storage.DurableFolder;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

/** The folder of a store, held by this process: its lock, its record, and where its parts lie. */
final class StoreFolder implements AutoCloseable {
    static final String LOG = "log";
    static final String STATE = "state";

    private static final Logger log = LoggerFactory.getLogger(StoreFolder.class);
    private static final String RECORD = "store.json";
    private static final String RECORD_DRAFT = "store.json.new";
    private static final String LOCK = "lock";
    private static final String NATIVE = "native";
    private static final String CHECKPOINTS = "checkpoints";
    private static final String RECEIVING = "receiving";
    private static final Set<String> MAY_BE_IN_NEW_FOLDER =
            Set.of(RECORD_DRAFT, LOCK, NATIVE, Place.MARK, RECEIVING, "lost+found");

    private final Path path;
    private final FileChannel lock;
    private final Consumer<Failpoint> failpoints;
    private volatile StoreRecord record;

    private StoreFolder(Path path, FileChannel lock, StoreRecord record, Consumer<Failpoint> failpoints) {
        this.path = path;
        this.lock = lock;
        this.record = record;
        this.failpoints = failpoints;
    }

    /**
     * Opens or creates a store's folder.
     *
     * @param owner who wants it; null if that does not matter
     * @param copyIsAnotherStore whether a copy of the folder gets a store id of its own
     * @throws StorageException with {@code FOREIGN} if it is another one's
     */
    static StoreFolder open(
            Path folder,
            StoreRecord.@Nullable Owner owner,
            boolean copyIsAnotherStore,
            Consumer<Failpoint> failpoints) {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel lock = lock(path);
        try {
            StoreFolder store = new StoreFolder(path, lock, readOrCreate(path, owner), failpoints);
            store.claim(owner);
            store.settle(copyIsAnotherStore);
            store.finishChange();
            store.tidyUp();
            return store;
        } catch (IOException e) {
            closeQuietly(lock);
            throw notAccessible(path, e);
        } catch (StorageException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    private void settle(boolean copyIsAnotherStore) throws IOException {
        Place here = Place.of(path);
        Place before = record.place();
        StoreId id = record.store();
        if (copyIsAnotherStore && before != null && before.isCopiedTo(here)) {
            id = StoreId.random();
            log.warn("The folder {} is a copy of store {}: it is store {} from now on, and joins its group as that",
                    path, record.store(), id);
        }
        StoreId settled = id;
        update(found -> found.at(here, settled));
    }

    private void finishChange() throws IOException {
        FolderChange change = record.change();
        if (change != null) {
            change.finish(path, failpoints);
            update(found -> found.withChange(null));
        }
    }

    private void tidyUp() throws IOException {
        new FileTree(path.resolve(FolderChange.INCOMING)).delete();
        new FileTree(checkpoints()).delete();
        Files.createDirectories(log());
        Files.createDirectories(state());
        DurableFolder.force(path);
    }

    /**
     * Puts the content of a folder aside, so that it can be opened as a new store. The promise stays if it can be read.
     *
     * @return where the content is now
     */
    static Path discard(Path folder, StoreRecord.Owner owner, Consumer<Failpoint> failpoints) {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel lock = lock(path);
        try {
            return discardLocked(path, lock, owner, failpoints);
        } catch (IOException e) {
            throw DiskFailure.of("the content of " + path + " cannot be put aside", e);
        } finally {
            closeQuietly(lock);
        }
    }

    private static Path discardLocked(
            Path path, FileChannel lock, StoreRecord.Owner owner, Consumer<Failpoint> failpoints) throws IOException {
        StoreRecord found;
        try {
            found = readOrCreate(path, owner);
        } catch (StorageException e) {
            if (e.reason() != Reason.CORRUPT) {
                throw e;
            }
            return discardWithRecord(path);
        }
        StoreFolder store = new StoreFolder(path, lock, found, failpoints);
        store.claim(owner);
        store.finishChange();
        String aside = FolderChange.DAMAGED + found.content();
        store.change(StoreId.random(), new FolderChange.Discard(aside), with -> with.withLineage(null));
        return path.resolve(aside);
    }

    private static Path discardWithRecord(Path path) throws IOException {
        Path aside = path.resolve(FolderChange.DAMAGED + UUID.randomUUID());
        new FolderChange.Discard(aside.getFileName().toString()).finish(path, failpoint -> {});
        Files.move(path.resolve(RECORD), aside.resolve(RECORD), ATOMIC_MOVE);
        DurableFolder.force(path);
        return aside;
    }

    /** Changes the content, which nobody has open. A crash leaves the old one or the new one, with its own id. */
    void change(StoreId id, FolderChange change, UnaryOperator<StoreRecord> more) throws IOException {
        update(found -> more.apply(found.withContent(id)).withChange(change));
        failpoints.accept(Failpoint.FLIPPED);
        finishChange();
        Files.createDirectories(log());
        Files.createDirectories(state());
        DurableFolder.force(path);
    }

    private void claim(StoreRecord.@Nullable Owner owner) {
        StoreRecord.Owner known = record.owner();
        if (known == null) {
            update(found -> found.withOwner(owner));
        } else if (owner != null && !known.equals(owner)) {
            throw new StorageException(
                    Reason.FOREIGN,
                    "the data folder " + path + " belongs to " + known + ", and was opened for " + owner
                            + ": give each node its own folder; a copy of another node's is of no use",
                    null);
        }
    }

    Path log() {
        return path.resolve(LOG);
    }

    Path state() {
        return path.resolve(STATE);
    }

    /** Where files to be installed lie at last. */
    Path incoming() {
        return path.resolve(FolderChange.INCOMING);
    }

    /** Where files of another node's checkpoint are collected. */
    Path receiving() {
        return path.resolve(RECEIVING);
    }

    /** Where checkpoints for others are. */
    Path checkpoints() {
        return path.resolve(CHECKPOINTS);
    }

    Path nativeLibrary() {
        return path.resolve(NATIVE);
    }

    Path path() {
        return path;
    }

    /** What is known of the store. Any thread. */
    StoreRecord record() {
        return record;
    }

    /** Changes the record; durable when it returns. A crash leaves the old one or the new one. */
    synchronized void update(UnaryOperator<StoreRecord> change) {
        StoreRecord changed = change.apply(record);
        if (!changed.equals(record)) {
            try {
                write(path, changed, failpoints);
            } catch (IOException e) {
                throw DiskFailure.of("the file " + path.resolve(RECORD) + " cannot be written", e);
            }
            record = changed;
        }
    }

    private static FileChannel lock(Path path) {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK), CREATE, READ, WRITE);
        } catch (IOException e) {
            throw notAccessible(path, e);
        }
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
                return channel;
            }
            throw inUse(path, channel);
        } catch (OverlappingFileLockException e) {
            StorageException failure = inUse(path, channel);
            closeQuietly(channel);
            throw failure;
        } catch (IOException e) {
            closeQuietly(channel);
            throw notAccessible(path, e);
        } catch (StorageException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static StorageException notAccessible(Path path, IOException cause) {
        return DiskFailure.ofNewFolder("the data folder " + path + " cannot be used", cause);
    }

    private static StorageException inUse(Path path, FileChannel channel) {
        String message = "the data folder " + path + " is in use by process " + holder(channel)
                + ": stop it, or choose another folder";
        return new StorageException(Reason.IN_USE, message, null);
    }

    private static String holder(FileChannel channel) {
        ByteBuffer pid = ByteBuffer.allocate(20);
        try {
            channel.read(pid, 0);
        } catch (IOException e) {
            return "unknown";
        }
        return UTF_8.decode(pid.flip()).toString();
    }

    private static StoreRecord readOrCreate(Path path, StoreRecord.@Nullable Owner owner) throws IOException {
        Path file = path.resolve(RECORD);
        if (Files.exists(file)) {
            return StoreRecord.of(Files.readString(file), file);
        }
        refuseForeign(path);
        StoreRecord record = StoreRecord.ofNewFolder(owner);
        write(path, record, failpoint -> {});
        return record;
    }

    private static void write(Path path, StoreRecord record, Consumer<Failpoint> failpoints) throws IOException {
        Path draft = path.resolve(RECORD_DRAFT);
        try (FileChannel channel = FileChannel.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(record.toJson().getBytes(UTF_8)));
            channel.force(true);
        }
        failpoints.accept(Failpoint.RECORD_DRAFTED);
        Files.move(draft, path.resolve(RECORD), ATOMIC_MOVE, REPLACE_EXISTING);
        failpoints.accept(Failpoint.RECORD_REPLACED);
        DurableFolder.force(path);
    }

    private static void refuseForeign(Path path) throws IOException {
        List<String> foreign;
        try (Stream<Path> files = Files.list(path)) {
            foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.startsWith(FolderChange.DAMAGED))
                    .filter(name -> !MAY_BE_IN_NEW_FOLDER.contains(name))
                    .sorted()
                    .limit(5)
                    .toList();
        }
        if (!foreign.isEmpty()) {
            throw new StorageException(
                    Reason.UNKNOWN_FORMAT,
                    "the folder " + path + " has no " + RECORD + " but other files (" + String.join(", ", foreign)
                            + "): choose an empty folder, or restore the file",
                    null);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException(Reason.IO, "the lock file cannot be closed", e);
        }
    }

    /** Gives the folder free. */
    @Override
    public void close() {
        closeQuietly(lock);
    }
}
