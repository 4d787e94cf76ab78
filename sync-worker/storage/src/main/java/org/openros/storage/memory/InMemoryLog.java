// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.LogTail;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

/** A log on the heap that keeps all entries. Thread-safe. */
final class InMemoryLog implements LogTail {
    private final ChainHash.Chain chain = new ChainHash.Chain();
    private final List<LogEntry> entries = new ArrayList<>();
    private boolean full;

    synchronized void setFull(boolean full) {
        this.full = full;
    }

    synchronized Position last() {
        return entries.isEmpty() ? Position.START : entries.getLast().position();
    }

    synchronized EpochTable epochs() {
        EpochTable table = EpochTable.EMPTY;
        for (LogEntry entry : entries) {
            table = table.with(entry.position().epoch(), entry.position().seq());
        }
        return table;
    }

    synchronized @Nullable Position position(long seq) {
        return seq < 1 || seq > entries.size() ? null : entries.get((int) seq - 1).position();
    }

    /** Entries behind a number up to another. */
    synchronized List<LogEntry> entries(long after, long through) {
        return List.copyOf(entries.subList((int) after, (int) through));
    }

    /** As a master. */
    Position append(Epoch epoch, List<byte[]> payloads, Consumer<Position> written) {
        Position last = add(epoch, payloads);
        written.accept(last);
        return last;
    }

    private synchronized Position add(Epoch epoch, List<byte[]> payloads) {
        throwIfFull();
        payloads.forEach(payload -> entries.add(new LogEntry(next(last(), epoch, payload), payload)));
        return last();
    }

    /** The no-op of a master finds room in any case. */
    synchronized Position addNoOp(Epoch epoch, byte[] payload) {
        entries.add(new LogEntry(next(last(), epoch, payload), payload));
        return last();
    }

    private Position next(Position before, Epoch epoch, byte[] payload) {
        long seq = before.seq() + 1;
        return new Position(epoch, seq, chain.next(before.hash(), epoch.value(), seq, payload));
    }

    /** As a follower. */
    synchronized void append(List<LogEntry> more) {
        Position position = last();
        for (LogEntry entry : more) {
            Position expected = next(position, entry.position().epoch(), entry.payload());
            if (!expected.equals(entry.position()) || expected.epoch().compareTo(position.epoch()) < 0) {
                throw new StorageException(
                        Reason.REJECTED, "entry " + entry.position() + " does not follow " + position, null);
            }
            position = expected;
        }
        throwIfFull();
        entries.addAll(more);
    }

    private void throwIfFull() {
        if (full) {
            throw new StorageException(Reason.DISK_FULL, "the disk is full by request", null);
        }
    }

    synchronized void cut(long seq) {
        if (seq < entries.size()) {
            entries.subList((int) seq, entries.size()).clear();
        }
    }

    @Override
    public synchronized List<LogEntry> read(long afterSeq, long maxBytes) {
        List<LogEntry> found = new ArrayList<>();
        long bytes = 0;
        for (long i = afterSeq; i < entries.size(); i++) {
            LogEntry entry = entries.get((int) i);
            bytes += entry.payload().length;
            if (bytes > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    @Override
    public boolean has(long afterSeq) {
        return true;
    }
}
