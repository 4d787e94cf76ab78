// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.openros.core.directory.RealmContents;

/**
 * The form of a realm in a stream and in a file: frames of a length (four bytes, most significant first, never 0) and a
 * content that only workers understand; then the length 0, how far the realm had come (version, salt, bytes of the
 * history, newest client file: eight bytes each), and the SHA-256 of all bytes before.
 */
final class RealmFile {
    /** What workers write in one frame is never larger. */
    private static final int LONGEST_FRAME = 300 << 20;

    private static final int HEAD = 4 * Long.BYTES;
    private static final int HASH = 32;

    private RealmFile() {}

    /** A stream that is not as it has to be. */
    static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1L;

        BrokenException(String message) {
            super(message);
        }
    }

    /** Takes frames. */
    interface Visitor {
        /** Takes the next one; the numbers rise from 0. */
        void frame(long number, byte[] content) throws InterruptedException;
    }

    /**
     * A stream that was read to its end.
     *
     * @param sha256 of all bytes
     */
    record Whole(long bytes, String sha256, RealmContents.End end) {}

    /**
     * Copies a stream and checks it.
     *
     * @throws BrokenException if it is not whole; what was copied then is worthless
     * @throws BackupException if it cannot be written
     */
    static Whole copy(InputStream in, OutputStream out) throws IOException, InterruptedException {
        return read(in, Long.MAX_VALUE, (number, content) -> {}, out);
    }

    /** Reads a file and checks it, except for what it should have been: that says the hash. */
    static Whole read(Path file, Visitor visitor) throws IOException, InterruptedException {
        try (InputStream in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16)) {
            return read(in, file.toFile().length(), visitor, OutputStream.nullOutputStream());
        }
    }

    private static Whole read(InputStream stream, long room, Visitor visitor, OutputStream out)
            throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(stream);
        Sums sums = new Sums(out);
        try {
            for (long number = 0; ; number++) {
                byte[] length = in.readNBytes(Integer.BYTES);
                int bytes = length.length < Integer.BYTES ? -1 : ByteBuffer.wrap(length).getInt();
                if (bytes < 0 || bytes > Math.min(LONGEST_FRAME, room - sums.bytes)) {
                    throw new BrokenException("cut off or damaged in frame " + number);
                }
                sums.add(length);
                if (bytes == 0) {
                    return end(in, sums);
                }
                byte[] content = new byte[bytes];
                in.readFully(content);
                sums.add(content);
                visitor.frame(number, content);
            }
        } catch (EOFException e) {
            throw new BrokenException("cut off at byte " + sums.bytes);
        }
    }

    private static Whole end(DataInputStream in, Sums sums) throws IOException {
        byte[] head = new byte[HEAD];
        in.readFully(head);
        sums.add(head);
        byte[] expected = sums.inner.digest();
        byte[] hash = new byte[HASH];
        in.readFully(hash);
        sums.add(hash);
        if (!Arrays.equals(hash, expected)) {
            throw new BrokenException("damaged: it does not have its own SHA-256");
        }
        if (in.read() >= 0) {
            throw new BrokenException("damaged: there is something behind its end");
        }
        ByteBuffer values = ByteBuffer.wrap(head);
        RealmContents.End end = new RealmContents.End(
                values.getLong(), values.getLong(), values.getLong(), values.getLong());
        return new Whole(sums.bytes, HexFormat.of().formatHex(sums.outer.digest()), end);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    /** What has come so far. */
    private static final class Sums {
        /** Of what comes before the hash that the stream has itself. */
        private final MessageDigest inner = sha256();

        private final MessageDigest outer = sha256();
        private final OutputStream out;
        private long bytes;

        Sums(OutputStream out) {
            this.out = out;
        }

        void add(byte[] content) {
            inner.update(content);
            outer.update(content);
            bytes += content.length;
            try {
                out.write(content);
            } catch (IOException e) {
                throw new BackupException("the backup cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
