// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an UPLOAD or a DOWNLOAD as they travel: plain, or as one zlib stream (sync protocol, section 2.1).
 * Immutable; one body can be part of the messages to many sessions, so that it is encoded and compressed once.
 */
public final class MessageBody {
    /** No entries. */
    public static final MessageBody EMPTY = new MessageBody(new byte[0], 0, false, 0);

    private static final int COMPRESSION_THRESHOLD = 1024;
    private static final int DEFLATED_STEP = 64 << 10;
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

    /** The same for many bytes, given in parts. They are not put together unless they cannot be compressed. */
    static MessageBody of(List<byte[]> parts) {
        int size = 0;
        for (byte[] part : parts) {
            size = Math.addExact(size, part.length);
        }
        byte[] smaller = deflate(parts, size);
        return smaller == null
                ? new MessageBody(joined(parts, size), 0, false, size)
                : new MessageBody(smaller, 0, true, size);
    }

    private static byte @Nullable [] deflate(List<byte[]> parts, int size) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(DEFLATED_STEP);
            byte[] step = new byte[DEFLATED_STEP];
            for (byte[] part : parts) {
                deflater.setInput(part);
                for (int count = deflater.deflate(step); count > 0; count = deflater.deflate(step)) {
                    out.write(step, 0, count);
                }
            }
            deflater.finish();
            while (!deflater.finished() && out.size() < size) {
                out.write(step, 0, deflater.deflate(step));
            }
            return out.size() < size ? out.toByteArray() : null;
        } finally {
            deflater.end();
        }
    }

    private static byte[] joined(List<byte[]> parts, int size) {
        MessageWriter out = new MessageWriter(size);
        parts.forEach(out::bytes);
        return out.toBytes();
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
