// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.RealmPath;
import org.openros.domain.StoreId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.DiskFailure;
import org.openros.storage.Leading;
import org.openros.storage.LogTail;
import org.openros.storage.NodeStore;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.StateHash;
import org.openros.storage.StoreCheckpoint;
import org.openros.storage.StoreIdentity;
import org.openros.storage.commit.CommitLimits;
import org.openros.storage.commit.CommitLog;
import org.openros.storage.commit.CommitStatistics;
import org.openros.storage.commit.EntryCodec;
import org.openros.storage.commit.HashedState;
import org.openros.storage.commit.LogApplication;
import org.openros.storage.commit.Reign;

/**
 * A node's store on the heap, for tests: same rules and threads as the real one; what is appended is durable as long as
 * the {@link InMemoryDisk} lives. Its checkpoints are files nevertheless, as others transfer them.
 */
public final class InMemoryNodeStore implements NodeStore {
    private final InMemoryDisk disk;
    private final Path folder;
    private final CommitLimits limits;
    private volatile InMemoryState state = new InMemoryState();
    private volatile HashedState hashed;
    private volatile @Nullable InMemoryLeading leading;

    /**
     * Opens the store of a disk.
     *
     * @param folder for checkpoints; made when one is
     */
    public InMemoryNodeStore(InMemoryDisk disk, Path folder, CommitLimits limits) {
        this.disk = disk;
        this.folder = folder;
        this.limits = limits;
        this.hashed = new HashedState(state, disk.log::position);
        LogApplication.run(hashed, disk.log, disk.applied);
    }

    @Override
    public StoreIdentity identity() {
        return disk.identity;
    }

    @Override
    public synchronized void adopt(StoreIdentity identity) {
        StoreIdentity own = disk.identity;
        if (!identity.equals(new StoreIdentity(own.group(), own.node(), own.store(), identity.lineage()))) {
            throw new IllegalArgumentException("only the lineage of a store can change: " + own + ", " + identity);
        }
        disk.identity = identity;
    }

    @Override
    public Epoch promisedEpoch() {
        return disk.promised;
    }

    @Override
    public void promise(Epoch epoch) {
        synchronized (disk) {
            disk.promised = epoch.compareTo(disk.promised) > 0 ? epoch : disk.promised;
        }
    }

    @Override
    public EpochTable epochs() {
        return disk.log.epochs();
    }

    @Override
    public Position last() {
        return disk.log.last();
    }

    @Override
    public Position applied() {
        return state.applied();
    }

    @Override
    public @Nullable Position position(long seq) {
        return seq == 0 ? Position.START : disk.log.position(seq);
    }

    @Override
    public RealmSnapshot snapshot(RealmPath realm) {
        return new InMemoryRealmSnapshot(state.content(realm), realm);
    }

    @Override
    public LogTail tail() {
        return disk.log;
    }

    @Override
    public void retainBehind(long seq) {}

    @Override
    public synchronized void append(List<LogEntry> entries) {
        throwIfLeading();
        disk.log.append(entries);
    }

    @Override
    public synchronized void cut(long seq) {
        throwIfLeading();
        if (seq < applied().seq()) {
            throw new IllegalArgumentException("entry " + applied().seq() + " is applied, no cut at " + seq);
        }
        disk.log.cut(seq);
    }

    @Override
    public synchronized void apply(long seq) {
        throwIfLeading();
        if (seq > last().seq()) {
            throw new IllegalArgumentException("entry " + seq + " is not in the log");
        }
        LogApplication.run(hashed, disk.log, seq);
    }

    private void throwIfLeading() {
        if (leading != null) {
            throw new IllegalStateException("a store that leads does not follow");
        }
    }

    @Override
    public synchronized Leading lead(Epoch epoch, CommitGate gate) {
        if (leading != null) {
            throw new IllegalStateException("the store leads already");
        }
        if (epoch.compareTo(disk.promised) < 0 || epoch.compareTo(last().epoch()) <= 0) {
            throw new IllegalArgumentException("epoch " + epoch + " is over: promised " + disk.promised
                    + ", newest entry of " + last().epoch());
        }
        promise(epoch);
        HashedState led = hashed;
        Reign.Conditions conditions = new Reign.Conditions(led, limits, new CommitStatistics());
        Reign reign = Reign.begin(
                told -> logOf(epoch, told), gate, through -> LogApplication.run(led, disk.log, through), conditions);
        InMemoryLeading begun = new InMemoryLeading(reign, state, this::follow);
        leading = begun;
        return begun;
    }

    private CommitLog logOf(Epoch epoch, CommitGate gate) {
        return new CommitLog() {
            @Override
            public Position append(List<byte[]> payloads) {
                return durable(disk.log.append(epoch, payloads, gate::written));
            }

            @Override
            public Position appendNoOp() {
                Position last = disk.log.addNoOp(epoch, EntryCodec.noOp());
                gate.written(last);
                return durable(last);
            }

            private Position durable(Position last) {
                gate.durable(last);
                return last;
            }
        };
    }

    private synchronized void follow(InMemoryLeading ended) {
        leading = leading == ended ? null : leading;
    }

    @Override
    public StoreCheckpoint checkpoint() {
        try {
            return EntriesCheckpoint.make(
                    folder, disk.identity, disk.promised, disk.log.entries(0, applied().seq()));
        } catch (IOException e) {
            throw DiskFailure.of("no checkpoint can be made in " + folder, e);
        }
    }

    @Override
    public Path receiving() {
        return EntriesCheckpoint.receiving(folder);
    }

    @Override
    public synchronized void install(Path files, StoreCheckpoint.Manifest manifest) {
        throwIfLeading();
        List<LogEntry> entries = EntriesCheckpoint.take(files, manifest);
        hashed.close();
        disk.log.cut(0);
        disk.log.append(entries);
        disk.identity = new StoreIdentity(
                disk.identity.group(), disk.identity.node(), StoreId.random(), manifest.lineage());
        promise(manifest.promised());
        state = new InMemoryState();
        hashed = new HashedState(state, disk.log::position);
        LogApplication.run(hashed, disk.log, manifest.position().seq());
    }

    @Override
    public CompletableFuture<StateHash> stateHash(long seq) {
        return hashed.hashAt(seq);
    }

    @Override
    public void close() {
        InMemoryLeading reign = leading;
        if (reign != null) {
            reign.close();
        }
        end();
    }

    private synchronized void end() {
        disk.applied = applied().seq();
        hashed.close();
    }
}
