// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;

/**
 * A log entry in a segment, big-endian, at a multiple of 8: payload length (4 bytes), CRC-32C of the segment's salt
 * and the other fields (4), sequence number (8), epoch (8), sequence number of the first entry of the batch (8),
 * chain hash (16), payload.
 *
 * <p>The first entry of the batch tells what was durable when the record was written: everything before. That is how
 * recovery tells a batch that a crash tore from damage to durable entries.
 */
final class RecordFormat {
    static final int HEADER = 4 + 4 + 8 + 8 + 8 + ChainHash.BYTES;

    private static final int COVERED_FROM = 8;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer saltBytes = ByteBuffer.allocate(8);

    /** A record that was read. */
    record Entry(Position position, long batchStart, byte[] payload) {
        long size() {
            return RecordFormat.size(payload.length);
        }
    }

    /** The bytes that a record takes in a segment. */
    static long size(int payloadLength) {
        return (HEADER + (long) payloadLength + 7) & -8L;
    }

    /** Writes the header into a buffer that has room for it. */
    void putHeader(ByteBuffer out, long salt, Position position, long batchStart, byte[] payload) {
        int start = out.position();
        out.putInt(payload.length).putInt(0).putLong(position.seq()).putLong(position.epoch().value());
        out.putLong(batchStart).putLong(position.hash().high()).putLong(position.hash().low());
        out.putInt(start + 4, checksum(salt, out.slice(start, HEADER), ByteBuffer.wrap(payload)));
    }

    /**
     * Reads a record.
     *
     * @param segment the whole segment
     * @param offset where it starts
     * @param salt of the segment
     * @return null if there is none
     */
    @Nullable Entry read(ByteBuffer segment, int offset, long salt) {
        if (segment.limit() - offset < HEADER) {
            return null;
        }
        int length = segment.getInt(offset);
        if (length <= 0 || length > segment.limit() - offset - HEADER) {
            return null;
        }
        ByteBuffer payload = segment.slice(offset + HEADER, length);
        if (segment.getInt(offset + 4) != checksum(salt, segment.slice(offset, HEADER), payload)) {
            return null;
        }
        byte[] bytes = new byte[length];
        payload.rewind().get(bytes);
        return new Entry(position(segment, offset + 8), segment.getLong(offset + 24), bytes);
    }

    private static Position position(ByteBuffer segment, int offset) {
        ChainHash hash = new ChainHash(segment.getLong(offset + 24), segment.getLong(offset + 32));
        return new Position(new Epoch(segment.getLong(offset + 8)), segment.getLong(offset), hash);
    }

    private int checksum(long salt, ByteBuffer header, ByteBuffer payload) {
        crc.reset();
        crc.update(saltBytes.putLong(0, salt).rewind());
        crc.update(header.slice(0, 4));
        crc.update(header.slice(COVERED_FROM, HEADER - COVERED_FROM));
        crc.update(payload);
        return (int) crc.getValue();
    }
}
