// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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

/** A disk that is always flushed. */
final class MemoryDisk {
    private static long stores;

    final GroupId group;
    final NodeId node;
    StoreId store;
    @Nullable Lineage lineage;
    Epoch promised = Epoch.NONE;
    EpochTable epochs = EpochTable.EMPTY;
    final List<LogEntry> log = new ArrayList<>();
    long applied;
    @Nullable String damage;

    /** Entries up to there were released. */
    long released;

    MemoryDisk(GroupId group, NodeId node) {
        this.group = group;
        this.node = node;
        store = newStore();
    }

    static StoreId newStore() {
        return new StoreId(new UUID(7, ++stores));
    }

    Position last() {
        return log.isEmpty() ? Position.START : log.getLast().position();
    }

    @Nullable Position position(long seq) {
        if (seq == 0) {
            return Position.START;
        }
        return seq > log.size() ? null : log.get((int) seq - 1).position();
    }

    DiskView view() {
        return new DiskView(group, node, store, lineage, promised, epochs, last(), applied, damage);
    }

    /** As master. */
    void write(Epoch epoch, String content) {
        byte[] payload = content.getBytes(StandardCharsets.UTF_8);
        long seq = log.size() + 1;
        ChainHash hash = new ChainHash.Chain().next(last().hash(), epoch.value(), seq, payload);
        log.add(new LogEntry(new Position(epoch, seq, hash), payload));
        epochs = epochs.with(epoch, seq);
    }

    void append(List<LogEntry> entries) {
        for (LogEntry entry : entries) {
            if (entry.position().seq() != log.size() + 1) {
                throw new IllegalStateException("a gap behind " + log.size() + ": " + entry.position());
            }
            log.add(entry);
            epochs = epochs.with(entry.position().epoch(), entry.position().seq());
        }
    }

    void cut(long seq) {
        if (seq < applied) {
            throw new IllegalStateException("cut below what was applied: " + seq + " < " + applied);
        }
        while (log.size() > seq) {
            log.removeLast();
        }
        epochs = epochs.upTo(seq);
    }

    /** Takes the place of this store. */
    void install(MemoryDisk source) {
        log.clear();
        log.addAll(source.log.subList(0, (int) source.applied));
        epochs = source.epochs.upTo(source.applied);
        applied = source.applied;
        lineage = source.lineage;
        promised = source.promised;
        damage = null;
        store = newStore();
    }
}
