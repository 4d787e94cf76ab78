// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;

/**
 * The newest entries of the log, as many as fit into a bound, and the very newest in any case: several readers want it
 * at once, and each would read it from the disk into memory of its own. Thread-safe.
 */
final class RecentEntries {
    private static final int INITIAL = 64;

    private final long maxBytes;
    private @Nullable LogEntry[] ring = new @Nullable LogEntry[INITIAL];
    private int count;
    private long bytes;
    private long lastSeq;

    /**
     * Holds nothing yet.
     *
     * @param lastSeq number of the newest entry of the log
     */
    RecentEntries(long maxBytes, long lastSeq) {
        this.maxBytes = maxBytes;
        this.lastSeq = lastSeq;
    }

    /** The number of the newest entry of the log, whether it is held or not. */
    synchronized long lastSeq() {
        return lastSeq;
    }

    /** Adds what was written to the log. */
    synchronized void add(List<LogEntry> entries) {
        entries.forEach(this::add);
    }

    private void add(LogEntry entry) {
        if (count == ring.length) {
            grow();
        }
        lastSeq++;
        ring[slot(lastSeq)] = entry;
        count++;
        bytes += entry.payload().length;
        while (bytes > maxBytes && (count > 1 || maxBytes == 0)) {
            removeOldest();
        }
    }

    private void grow() {
        @Nullable LogEntry[] old = ring;
        ring = new @Nullable LogEntry[old.length * 2];
        for (long seq = lastSeq - count + 1; seq <= lastSeq; seq++) {
            ring[slot(seq)] = old[(int) (seq & (old.length - 1))];
        }
    }

    private void removeOldest() {
        int slot = slot(lastSeq - count + 1);
        bytes -= size(slot);
        ring[slot] = null;
        count--;
    }

    private long size(int slot) {
        LogEntry entry = ring[slot];
        return entry == null ? 0 : entry.payload().length;
    }

    private int slot(long seq) {
        return (int) (seq & (ring.length - 1));
    }

    /** The entries behind a number; empty if the first of them is not held. */
    synchronized List<LogEntry> read(long afterSeq, long limit) {
        List<LogEntry> found = new ArrayList<>();
        long size = 0;
        for (LogEntry entry = get(afterSeq + 1); entry != null; entry = get(entry.position().seq() + 1)) {
            size += entry.payload().length;
            if (size > limit && !found.isEmpty()) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    /** Where an entry stands, or null if it is not held. */
    synchronized @Nullable Position position(long seq) {
        LogEntry entry = get(seq);
        return entry == null ? null : entry.position();
    }

    private @Nullable LogEntry get(long seq) {
        return seq > lastSeq || seq <= lastSeq - count ? null : ring[slot(seq)];
    }

    /** Forgets the entries behind a number, which were cut off the log. */
    synchronized void cut(long seq) {
        while (lastSeq > seq) {
            if (count > 0) {
                bytes -= size(slot(lastSeq));
                ring[slot(lastSeq)] = null;
                count--;
            }
            lastSeq--;
        }
    }
}
