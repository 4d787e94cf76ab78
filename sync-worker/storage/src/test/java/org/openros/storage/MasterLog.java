// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.commit.EntryCodec;
import org.openros.storage.commit.WriteSetCodec;

/** The log of a master that is somewhere else, on the heap. */
public final class MasterLog {
    private final ChainHash.Chain chain = new ChainHash.Chain();
    private final List<LogEntry> entries = new ArrayList<>();
    private Epoch epoch = Epoch.NONE;

    /** Begins a reign with its no-op. */
    public MasterLog reign(long number) {
        epoch = new Epoch(number);
        return add(EntryCodec.noOp());
    }

    /** Writes the next versions of a realm. */
    public MasterLog versions(int realm, long from, long through) {
        for (long version = from; version <= through; version++) {
            add(WriteSetCodec.encode(Realms.version(Realms.realm(realm), version)));
        }
        return this;
    }

    private MasterLog add(byte[] payload) {
        Position last = last();
        long seq = last.seq() + 1;
        ChainHash hash = chain.next(last.hash(), epoch.value(), seq, payload);
        entries.add(new LogEntry(new Position(epoch, seq, hash), payload));
        return this;
    }

    /** The same up to a number, to go on differently from there. */
    public MasterLog fork(int seq) {
        MasterLog fork = new MasterLog();
        fork.entries.addAll(entries.subList(0, seq));
        fork.epoch = fork.last().epoch();
        return fork;
    }

    public Position last() {
        return position(entries.size());
    }

    public Position position(int seq) {
        return seq == 0 ? Position.START : entries.get(seq - 1).position();
    }

    /** The entries behind a number. */
    public List<LogEntry> behind(long seq) {
        return List.copyOf(entries.subList((int) seq, entries.size()));
    }

    public EpochTable epochs() {
        EpochTable table = EpochTable.EMPTY;
        for (LogEntry entry : entries) {
            table = table.with(entry.position().epoch(), entry.position().seq());
        }
        return table;
    }
}
