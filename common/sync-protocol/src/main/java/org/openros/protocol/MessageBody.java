// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The entries of an UPLOAD or a DOWNLOAD as they travel: plain, or as one zlib stream (sync protocol, section 2.1).
 * Immutable; one body can be part of the messages to many sessions, so that it is encoded and compressed once.
 */
public final class MessageBody {
    /** No entries. */
    public static final MessageBody EMPTY = new MessageBody(new byte[0], 0, false, 0);

    private static final int COMPRESSION_THRESHOLD = 1024;
    private static final long LARGEST_RATIO = 1032;

    private final byte[] bytes;
    private final int offset;
    private final boolean compressed;
    private final long plainSize;

    MessageBody(byte[] bytes, int offset, boolean compressed, long plainSize) {
        this.bytes = bytes;
        this.offset = offset;
        this.compressed = compressed;
        this.plainSize = plainSize;
    }

    /** Takes encoded entries and compresses them if that is worth it. */
    static MessageBody of(byte[] plain) {
        byte[] smaller = plain.length > COMPRESSION_THRESHOLD ? deflate(plain) : plain;
        return new MessageBody(smaller, 0, smaller != plain, plain.length);
    }

    private static byte[] deflate(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] out = new byte[plain.length - 1];
            int size = deflater.deflate(out);
            return deflater.finished() ? Arrays.copyOf(out, size) : plain;
        } finally {
            deflater.end();
        }
    }

    /** Whether the entries travel as a zlib stream. */
    public boolean isCompressed() {
        return compressed;
    }

    /** The stated size of the entries in bytes. A received number is not trustworthy before {@link #plain}. */
    public long plainSize() {
        return plainSize;
    }

    /** The size in bytes in which the entries travel. */
    public int wireSize() {
        return bytes.length - offset;
    }

    void writeFields(MessageWriter out) {
        out.field(compressed).field(plainSize).field(compressed ? wireSize() : 0);
    }

    MessageWriter writeBytes(MessageWriter out) {
        return out.bytes(bytes, offset, wireSize());
    }

    /**
     * The entries as bytes.
     *
     * @param limit the largest acceptable size
     * @throws ProtocolViolation if they are larger, or the compressed form is malformed or of another size than stated
     */
    ByteCursor plain(int limit) {
        if (plainSize > limit) {
            throw new ProtocolViolation(SyncError.BAD_BODY, "the body is too large");
        }
        if (!compressed) {
            return new ByteCursor(bytes, offset, bytes.length);
        }
        if (plainSize > LARGEST_RATIO * wireSize()) {
            throw new ProtocolViolation(SyncError.BAD_BODY, "no compression is that good");
        }
        return new ByteCursor(inflate((int) plainSize), 0, (int) plainSize);
    }

    private byte[] inflate(int size) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes, offset, wireSize());
            byte[] plain = new byte[size];
            int filled = inflateInto(inflater, plain);
            if (filled != size || !inflater.finished() || inflater.getRemaining() != 0) {
                throw new ProtocolViolation(SyncError.BAD_BODY, "the compressed body has another size than stated");
            }
            return plain;
        } catch (DataFormatException e) {
            throw new ProtocolViolation(SyncError.BAD_BODY, "the compressed body is malformed");
        } finally {
            inflater.end();
        }
    }

    private static int inflateInto(Inflater inflater, byte[] plain) throws DataFormatException {
        int filled = 0;
        while (filled < plain.length) {
            int step = inflater.inflate(plain, filled, plain.length - filled);
            if (step == 0) {
                return filled;
            }
            filled += step;
        }
        // The end of the stream may stand behind the last byte; one more output byte would mean that it is too long.
        return inflater.finished() ? filled : filled + inflater.inflate(new byte[1]);
    }
}
