// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.frame.Frame;
import org.openros.replication.link.wire.Entries;
import org.openros.replication.link.wire.Entry;

/** Takes entries out of frames, and puts pieces of long ones together. Not thread-safe. */
final class EntryUnpacker {
    /** The longest payload of an entry in bytes: as long as a master may write one. */
    static final int MAX_PAYLOAD_BYTES = 256 << 20;

    private @Nullable Begun begun;

    /** An entry of which pieces have come. */
    private record Begun(Position position, byte[] payload, int filled) {}

    /**
     * The entries that are complete with this frame.
     *
     * @return null if none is
     * @throws IllegalArgumentException if a piece does not fit, or an entry is too long
     */
    Frame.@Nullable Entries unpack(Epoch epoch, Entries frame) {
        List<LogEntry> complete = new ArrayList<>(frame.getEntriesCount());
        for (Entry entry : frame.getEntriesList()) {
            if (begun == null && entry.getMissing() == 0) {
                complete.add(new LogEntry(position(entry), PayloadArray.of(entry.getPayload())));
            } else {
                add(entry, begun == null ? begin(entry) : begun, complete);
            }
        }
        long commitSeq = PositionCodec.seq(frame.getCommitSeq());
        return complete.isEmpty() ? null : new Frame.Entries(epoch, complete, commitSeq);
    }

    private static Begun begin(Entry first) {
        long length = (long) first.getPayload().size() + Integer.toUnsignedLong(first.getMissing());
        if (length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("entry " + first.getSeq() + " is too long: " + length + " bytes");
        }
        return new Begun(position(first), new byte[(int) length], 0);
    }

    private void add(Entry piece, Begun to, List<LogEntry> complete) {
        ByteString content = piece.getPayload();
        int missing = to.payload().length - to.filled() - content.size();
        if (missing < 0 || missing != piece.getMissing() || !to.position().equals(position(piece))) {
            throw new IllegalArgumentException("the pieces of entry " + to.position().seq() + " do not fit");
        }
        content.copyTo(to.payload(), to.filled());
        if (missing == 0) {
            begun = null;
            complete.add(new LogEntry(to.position(), to.payload()));
        } else {
            begun = new Begun(to.position(), to.payload(), to.payload().length - missing);
        }
    }

    private static Position position(Entry entry) {
        return new Position(
                new Epoch(entry.getEpoch()),
                PositionCodec.seq(entry.getSeq()),
                new ChainHash(entry.getHashHigh(), entry.getHashLow()));
    }
}
