// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.domain.RealmPath;
import org.openros.domain.StoreId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.DiskFailure;
import org.openros.storage.LogTail;
import org.openros.storage.NodeStore;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.StateHash;
import org.openros.storage.StoreCheckpoint;
import org.openros.storage.StoreIdentity;
import org.openros.storage.commit.CommitStatistics;
import org.openros.storage.commit.LogApplication;
import org.openros.storage.commit.Reign;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

/**
 * Keeps everything of a node in one folder: {@code log} until it is in {@code state}, a RocksDB, and who it is and what
 * it promised in {@code store.json}.
 */
public final class RocksNodeStore implements NodeStore {
    private static final Logger log = LoggerFactory.getLogger(RocksNodeStore.class);

    private final StoreFolder folder;
    private final StorageOptions options;
    private final LongSupplier room;
    private final Consumer<Failpoint> failpoints;
    private final CommitStatistics statistics = new CommitStatistics();
    private final LogTail tail = new CurrentTail();
    /** Held by who changes the log or the role; taken before {@link #applying}. */
    private final ReentrantLock writing = new ReentrantLock();
    /** Held by who changes the state. */
    private final ReentrantLock applying = new ReentrantLock();
    private volatile StoreContent content;
    private volatile @Nullable RocksLeading leading;
    private boolean closed;

    private RocksNodeStore(
            StoreFolder folder, StorageOptions options, LongSupplier room, Consumer<Failpoint> failpoints) {
        this.folder = folder;
        this.options = options;
        this.room = room;
        this.failpoints = failpoints;
        this.content = StoreContent.open(folder, options, room);
        folder.update(record -> record.withClosedAt(null));
    }

    /**
     * Opens the store of a node, or creates it in an empty or missing folder.
     *
     * @throws StorageException if the folder cannot be used, with {@code FOREIGN} if it belongs to another group or
     *     node, with {@code CORRUPT} if it is damaged; it is left as it was
     */
    public static RocksNodeStore open(Path path, GroupId group, NodeId node, StorageOptions options) {
        return open(path, new StoreRecord.Owner(group, node), options, null, failpoint -> {});
    }

    /**
     * The same with another way to find out the room on the disk.
     *
     * @param usableSpace in bytes; asked by each thread that writes, before it does
     */
    public static RocksNodeStore open(
            Path path, GroupId group, NodeId node, StorageOptions options, LongSupplier usableSpace) {
        return open(path, new StoreRecord.Owner(group, node), options, usableSpace, failpoint -> {});
    }

    /**
     * Puts a content that cannot be used aside, so that the folder can be opened as a new store of the node, which
     * takes a checkpoint. The promise stays if it can be read. Nothing is deleted: the files are for the operator.
     *
     * @return where they are now
     * @throws StorageException if the folder belongs to another node or is in use
     */
    public static Path discard(Path path, GroupId group, NodeId node) {
        Path aside = StoreFolder.discard(path, new StoreRecord.Owner(group, node), failpoint -> {});
        log.warn("The content of {} was put aside into {}", path, aside);
        return aside;
    }

    /**
     * The same with another way to find out the room on the disk.
     *
     * @param owner null to leave open whose folder it is
     * @param usableSpace in bytes; null to ask the file system
     * @param failpoints told of each on the way
     */
    static RocksNodeStore open(
            Path path,
            StoreRecord.@Nullable Owner owner,
            StorageOptions options,
            @Nullable LongSupplier usableSpace,
            Consumer<Failpoint> failpoints) {
        long start = System.nanoTime();
        StoreFolder folder = StoreFolder.open(path, owner, options.copyIsAnotherStore(), failpoints);
        try {
            LongSupplier room = usableSpace == null ? DiskRoom.of(folder.path()) : usableSpace;
            NativeLibrary.load(folder.nativeLibrary());
            RocksNodeStore store = new RocksNodeStore(folder, options, room, failpoints);
            log.info("Opened store {} in {} within {} ms: log up to entry {}, state up to {}", folder.record().store(),
                    folder.path(), (System.nanoTime() - start) / 1_000_000, store.last().seq(), store.applied().seq());
            return store;
        } catch (RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    @Override
    public StoreIdentity identity() {
        StoreRecord record = folder.record();
        StoreRecord.Owner owner = record.owner();
        if (owner == null) {
            throw new IllegalStateException("the folder is not bound to a node");
        }
        return new StoreIdentity(owner.group(), owner.node(), record.store(), record.lineage());
    }

    @Override
    public void adopt(StoreIdentity identity) {
        StoreIdentity own = identity();
        if (!identity.equals(new StoreIdentity(own.group(), own.node(), own.store(), identity.lineage()))) {
            throw new IllegalArgumentException("only the lineage of a store can change: " + own + ", " + identity);
        }
        folder.update(record -> record.withLineage(identity.lineage()));
    }

    @Override
    public Epoch promisedEpoch() {
        return folder.record().promised();
    }

    @Override
    public void promise(Epoch epoch) {
        folder.update(record -> record.withPromised(epoch));
    }

    @Override
    public EpochTable epochs() {
        return content.log().epochs();
    }

    @Override
    public Position last() {
        return content.log().last();
    }

    @Override
    public Position applied() {
        return content.state().applied();
    }

    @Override
    public @Nullable Position position(long seq) {
        Position applied = applied();
        return seq == 0 ? Position.START : seq == applied.seq() ? applied : content.log().position(seq);
    }

    @Override
    public LogTail tail() {
        return tail;
    }

    @Override
    public void retainBehind(long seq) {
        content.log().retainBehind(seq);
    }

    /** Counts of all reigns since the store was opened. */
    public CommitStatistics statistics() {
        return statistics;
    }

    @Override
    public void append(List<LogEntry> entries) {
        following(() -> content.guarded().append(entries));
    }

    @Override
    public void cut(long seq) {
        following(() -> {
            applying.lock();
            try {
                if (seq < applied().seq()) {
                    throw new IllegalArgumentException("entry " + applied().seq() + " is applied, no cut at " + seq);
                }
                content.log().cut(seq);
            } finally {
                applying.unlock();
            }
        });
    }

    private void following(Runnable change) {
        writing.lock();
        try {
            throwUnlessFollowing("a store that leads does not follow");
            change.run();
        } finally {
            writing.unlock();
        }
    }

    private void throwUnlessFollowing(String message) {
        content.db().throwIfClosed();
        if (leading != null) {
            throw new IllegalStateException(message);
        }
    }

    @Override
    public void apply(long seq) {
        throwUnlessFollowing("a store that leads does not follow");
        applyThrough(seq);
    }

    private void applyThrough(long seq) {
        applying.lock();
        try {
            if (seq > last().seq()) {
                throw new IllegalArgumentException("entry " + seq + " is not in the log");
            }
            LogApplication.run(content.hashed(), content.log(), seq);
        } finally {
            applying.unlock();
        }
    }

    @Override
    public RocksLeading lead(Epoch epoch, CommitGate gate) {
        writing.lock();
        try {
            throwUnlessFollowing("the store leads already");
            if (epoch.compareTo(promisedEpoch()) < 0 || epoch.compareTo(last().epoch()) <= 0) {
                throw new IllegalArgumentException("epoch " + epoch + " is over: promised " + promisedEpoch()
                        + ", newest entry of " + last().epoch());
            }
            promise(epoch);
            RocksLeading reign = begin(epoch, gate);
            leading = reign;
            return reign;
        } finally {
            writing.unlock();
        }
    }

    private RocksLeading begin(Epoch epoch, CommitGate gate) {
        StoreContent led = content;
        Reign.Conditions conditions = new Reign.Conditions(led.hashed(), options.limits(), statistics);
        Reign reign = Reign.begin(told -> led.guarded().of(epoch, told), gate, this::applyThrough, conditions);
        return new RocksLeading(reign, led, this::follow);
    }

    private void follow(RocksLeading ended) {
        writing.lock();
        try {
            leading = leading == ended ? null : leading;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public StoreCheckpoint checkpoint() {
        return RocksCheckpoint.make(folder.checkpoints(), content.db(), folder.record(), options);
    }

    @Override
    public RealmSnapshot snapshot(RealmPath realm) {
        return RocksRealmSnapshot.of(content.db(), realm);
    }

    @Override
    public Path receiving() {
        try {
            return Files.createDirectories(folder.receiving());
        } catch (IOException e) {
            throw DiskFailure.of("the folder " + folder.receiving() + " cannot be made", e);
        }
    }

    @Override
    public void install(Path files, StoreCheckpoint.Manifest manifest) {
        following(() -> {
            applying.lock();
            try {
                replaceContent(files, manifest);
            } catch (IOException e) {
                throw DiskFailure.of("the checkpoint in " + files + " cannot be installed", e);
            } finally {
                applying.unlock();
            }
        });
    }

    /** Until the record is flipped nothing has happened; from there on nothing else is left to do. */
    private void replaceContent(Path files, StoreCheckpoint.Manifest manifest) throws IOException {
        StoreId id = StoreId.random();
        RocksCheckpoint.check(files, manifest);
        new FileTree(folder.incoming()).delete();
        Files.move(files, folder.incoming(), ATOMIC_MOVE);
        failpoints.accept(Failpoint.FILES_TAKEN);
        CheckpointedState.claim(folder.incoming(), manifest, id.value(), options);
        new FileTree(folder.incoming()).force();
        failpoints.accept(Failpoint.FILES_CLAIMED);
        content.close();
        try {
            folder.change(id, new FolderChange.Install(), record ->
                    record.withLineage(manifest.lineage()).withPromised(manifest.promised()));
        } finally {
            reopen();
        }
        log.info("Installed a checkpoint at entry {} as store {}", manifest.position().seq(), id);
    }

    /** Opens the old content or the new one; neither if one is half in the place of the other, until the next start. */
    private void reopen() {
        if (folder.record().change() == null) {
            content = StoreContent.open(folder, options, room);
        }
    }

    @Override
    public CompletableFuture<StateHash> stateHash(long seq) {
        return content.hashed().hashAt(seq);
    }

    /** Nothing waits for room on the disk any more; what is in the log is applied after the next opening. */
    void stopWaiting() {
        content.state().stopWaiting();
    }

    @Override
    public void close() {
        stopWaiting();
        RocksLeading reign = leading;
        if (reign != null) {
            reign.close();
        }
        writing.lock();
        try {
            RocksLeading late = leading;
            if (late != null) {
                late.close();
            }
            closeOnce();
        } finally {
            writing.unlock();
        }
    }

    private void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        applying.lock();
        try {
            Position end = content.log().isIntact() ? last() : null;
            content.close();
            folder.update(record -> record.withClosedAt(end));
        } finally {
            applying.unlock();
            folder.close();
        }
    }

    /** Reads the log of whatever content there is. */
    private final class CurrentTail implements LogTail {
        @Override
        public List<LogEntry> read(long afterSeq, long maxBytes) {
            return content.log().read(afterSeq, maxBytes);
        }

        @Override
        public boolean has(long afterSeq) {
            return content.log().has(afterSeq);
        }
    }
}
