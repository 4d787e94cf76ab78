// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import org.openros.domain.Epoch;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.link.wire.Entries;
import org.openros.replication.link.wire.Entry;
import org.openros.replication.link.wire.MasterFrame;

/**
 * Puts entries into frames of a bounded size: short ones together, a long one in pieces. The frames share the payloads
 * of the entries. Not thread-safe.
 */
final class EntryPacker {
    /**
     * Payloads of one frame in bytes. It bounds what a heartbeat waits behind on a slow line, and what the peer has to
     * have received before it knows that this node is alive.
     */
    static final int FRAME_BYTES = 16 << 10;

    /** What an entry counts for besides its payload, in bytes, so that frames of empty entries are bounded too. */
    static final int ENTRY_BYTES = 48;

    private final Epoch epoch;
    private List<LogEntry> entries = List.of();
    private int next;
    private int offset;

    EntryPacker(Epoch epoch) {
        this.epoch = epoch;
    }

    /** Whether all entries are in frames. */
    boolean isEmpty() {
        return next == entries.size();
    }

    /** Whether the last frame ended inside of an entry. */
    boolean isInside() {
        return offset > 0;
    }

    /** Takes entries, once the earlier ones are gone. */
    void take(List<LogEntry> following) {
        entries = following;
        next = 0;
    }

    /** The number of the entry that the last frame ended with, wholly or in part. */
    long lastSeq() {
        return entries.get(isInside() ? next : next - 1).position().seq();
    }

    /** The next frame, if this is not empty. */
    MasterFrame frame(long commitSeq) {
        Entries.Builder frame = Entries.newBuilder().setCommitSeq(commitSeq);
        int room = FRAME_BYTES;
        do {
            LogEntry entry = entries.get(next);
            int length = Math.min(entry.payload().length - offset, Math.max(room, 0));
            frame.addEntries(piece(entry, length));
            room -= length + ENTRY_BYTES;
        } while (!isInside() && !isEmpty() && fits(entries.get(next), room));
        return MasterFrame.newBuilder().setEpoch(epoch.value()).setEntries(frame).build();
    }

    private static boolean fits(LogEntry entry, int room) {
        return entry.payload().length + ENTRY_BYTES <= room;
    }

    private Entry piece(LogEntry entry, int length) {
        Position position = entry.position();
        int missing = entry.payload().length - offset - length;
        Entry piece = Entry.newBuilder()
                .setEpoch(position.epoch().value())
                .setSeq(position.seq())
                .setHashHigh(position.hash().high())
                .setHashLow(position.hash().low())
                .setPayload(UnsafeByteOperations.unsafeWrap(entry.payload(), offset, length))
                .setMissing(missing)
                .build();
        offset = missing > 0 ? offset + length : 0;
        next += missing > 0 ? 0 : 1;
        return piece;
    }
}
