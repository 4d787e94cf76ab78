// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskView;

/**
 * A data folder: what was written, and how much of it is flushed. A process that is killed leaves what was written, a
 * host without power what was flushed and perhaps more; the state may fall back to what was flushed of it.
 */
final class DiskModel {
    final GroupId group;
    final NodeId node;
    StoreId store;
    @Nullable Lineage lineage;
    Epoch promised = Epoch.NONE;
    /** The promise that is really flushed; another one only on a disk that is broken on purpose. */
    Epoch promisedFlushed = Epoch.NONE;
    EpochTable epochs = EpochTable.EMPTY;
    final List<LogEntry> log = new ArrayList<>();

    /** Entries up to there are flushed. */
    long synced;

    /** Entries up to there really are: fewer only on a disk that is broken on purpose. */
    long flushed;

    long applied;
    /** The state is flushed up to there. */
    long appliedFlushed;

    /** Entries up to there cannot be read any more. */
    long released;

    @Nullable String damage;
    boolean full;
    private final ChainHash.Chain chain = new ChainHash.Chain();

    DiskModel(GroupId group, NodeId node, StoreId store) {
        this.group = group;
        this.node = node;
        this.store = store;
    }

    /** The same bytes in another folder. */
    DiskModel copy() {
        DiskModel copy = new DiskModel(group, node, store);
        copy.lineage = lineage;
        copy.promised = promised;
        copy.promisedFlushed = promisedFlushed;
        copy.epochs = epochs;
        copy.log.addAll(log);
        copy.synced = synced;
        copy.flushed = flushed;
        copy.applied = applied;
        copy.appliedFlushed = appliedFlushed;
        copy.released = released;
        copy.damage = damage;
        return copy;
    }

    Position last() {
        return log.isEmpty() ? Position.START : log.getLast().position();
    }

    /** Newest entry that is flushed. */
    private Position lastSynced() {
        return synced == 0 ? Position.START : log.get((int) synced - 1).position();
    }

    /** Null if the log does not have it. */
    @Nullable Position position(long seq) {
        if (seq == 0) {
            return Position.START;
        }
        return seq > log.size() ? null : log.get((int) seq - 1).position();
    }

    /** All of it flushed, but for what a broken disk claims. */
    DiskView view() {
        return new DiskView(group, node, store, lineage, promised, epochs.upTo(synced), lastSynced(), applied, damage);
    }

    /** As master. */
    LogEntry write(Epoch epoch, byte[] payload) {
        long seq = log.size() + 1;
        LogEntry entry =
                new LogEntry(new Position(epoch, seq, chain.next(last().hash(), epoch.value(), seq, payload)), payload);
        add(entry);
        return entry;
    }

    /** As follower; false if the entries do not continue the log. */
    boolean append(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.position().seq() != log.size() + 1) {
                return false;
            }
            add(entry);
        }
        return true;
    }

    private void add(LogEntry entry) {
        log.add(entry);
        epochs = epochs.with(entry.position().epoch(), entry.position().seq());
    }

    void sync(long through) {
        claimSync(through);
        flushed = Math.max(flushed, Math.min(through, log.size()));
    }

    /** As a disk does that says more than it has done. */
    void claimSync(long through) {
        synced = Math.max(synced, Math.min(through, log.size()));
    }

    void cut(long seq) {
        while (log.size() > seq) {
            log.removeLast();
        }
        epochs = epochs.upTo(seq);
        synced = log.size();
        flushed = Math.min(flushed, synced);
    }

    void apply(long seq, SplittableRandom random) {
        applied = Math.max(applied, Math.min(seq, synced));
        if (random.nextInt(20) == 0) {
            appliedFlushed = applied;
        }
    }

    /** Lets go of entries that nobody needs, as whole files of the log. */
    void release(long through) {
        released = Math.max(released, Math.min(through, appliedFlushed));
    }

    /** Takes the place of this store. */
    void install(DiskModel checkpoint, StoreId fresh) {
        log.clear();
        log.addAll(checkpoint.log.subList(0, (int) checkpoint.applied));
        epochs = checkpoint.epochs.upTo(checkpoint.applied);
        applied = checkpoint.applied;
        appliedFlushed = applied;
        synced = applied;
        flushed = applied;
        released = applied;
        lineage = checkpoint.lineage;
        promised = checkpoint.promised;
        promisedFlushed = promised;
        damage = null;
        store = fresh;
    }

    /** The process is gone, or the power too. */
    void crash(boolean powerLost, SplittableRandom random) {
        if (powerLost) {
            long kept = flushed + random.nextLong(log.size() - flushed + 1);
            while (log.size() > kept) {
                log.removeLast();
            }
            epochs = epochs.upTo(kept);
        }
        promised = promisedFlushed;
        applied = Math.min(log.size(), appliedFlushed + random.nextLong(applied - appliedFlushed + 1));
        appliedFlushed = Math.min(appliedFlushed, applied);
        synced = log.size();
        flushed = synced;
    }
}
