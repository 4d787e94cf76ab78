// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;

/**
 * The first page of a segment in use. It is written together with the first batch, so it is durable if that is.
 *
 * @param ordinal counts the uses of segment files, dense from 1
 * @param salt random per use; records carry it in their checksum, so what an earlier use of the file left behind
 *     is never taken for a record
 * @param store the store that wrote it
 * @param before position of the last entry before this segment
 */
record SegmentHeader(long ordinal, long salt, UUID store, Position before) {
    /** Where records start: the page is never rewritten together with one. */
    static final int BYTES = 4096;

    private static final long MAGIC = 0x4F50_454E_524F_534CL;
    private static final int VERSION = 1;
    private static final int LENGTH = 8 + 4 + 8 + 8 + 16 + 8 + 8 + ChainHash.BYTES;

    /** What the first page of a file says. */
    sealed interface Reading {
        /** The file is free: never used, or given back by a recovery. */
        record Blank() implements Reading {}

        /** It is in use, or was. */
        record Used(SegmentHeader header) implements Reading {}

        /** It was written by another release. */
        record OtherVersion(int version) implements Reading {}

        /** It is damaged. */
        record Damaged() implements Reading {}
    }

    void put(ByteBuffer out) {
        put(out, VERSION);
    }

    void put(ByteBuffer out, int version) {
        int start = out.position();
        out.putLong(MAGIC).putInt(version).putLong(ordinal).putLong(salt);
        out.putLong(store.getMostSignificantBits()).putLong(store.getLeastSignificantBits());
        out.putLong(before.epoch().value()).putLong(before.seq());
        out.putLong(before.hash().high()).putLong(before.hash().low());
        out.putInt(checksum(out.slice(start, LENGTH)));
        while (out.position() < start + BYTES) {
            out.put((byte) 0);
        }
    }

    /** Reads the first page; a shorter one is damaged unless all of it is zero. */
    static Reading read(ByteBuffer page) {
        if (isZero(page)) {
            return new Reading.Blank();
        }
        if (page.remaining() < LENGTH + 4 || page.getLong(0) != MAGIC) {
            return new Reading.Damaged();
        }
        if (page.getInt(LENGTH) != checksum(page.slice(0, LENGTH))) {
            return new Reading.Damaged();
        }
        int version = page.getInt(8);
        return version == VERSION ? new Reading.Used(parse(page.position(12))) : new Reading.OtherVersion(version);
    }

    private static SegmentHeader parse(ByteBuffer in) {
        long ordinal = in.getLong();
        long salt = in.getLong();
        UUID store = new UUID(in.getLong(), in.getLong());
        Epoch epoch = new Epoch(in.getLong());
        return new SegmentHeader(
                ordinal, salt, store, new Position(epoch, in.getLong(), new ChainHash(in.getLong(), in.getLong())));
    }

    private static boolean isZero(ByteBuffer page) {
        return page.mismatch(ByteBuffer.allocate(page.remaining())) < 0;
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
