// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a history line by line. A last line without its end, as a writer that was killed leaves one behind, is not
 * read.
 */
public final class HistoryReader implements AutoCloseable {
    private static final int FIRST_BUFFER = 1 << 10;

    private final InputStream in;
    private byte[] line = new byte[FIRST_BUFFER];
    private long lines;

    /** Reads from a stream, which it closes with itself. */
    public HistoryReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /**
     * Opens a history.
     *
     * @throws IOException if the file cannot be opened
     */
    public static HistoryReader of(Path file) throws IOException {
        return new HistoryReader(Files.newInputStream(file));
    }

    /**
     * The next entry, or null at the end.
     *
     * @throws DamagedHistoryException if a whole line is no entry, or longer than 1 MiB; the message has its number
     * @throws IOException if reading fails
     */
    public @Nullable Entry read() throws IOException {
        int length = readLine();
        if (length < 0) {
            return null;
        }
        try {
            return EntryJson.entry(line, length);
        } catch (DamagedHistoryException e) {
            throw new DamagedHistoryException("line " + lines + ": " + e.getMessage(), e);
        }
    }

    private int readLine() throws IOException {
        int length = 0;
        lines++;
        while (true) {
            int next = in.read();
            if (next < 0) {
                return -1;
            }
            if (next == '\n') {
                return length;
            }
            if (length == HistoryWriter.LONGEST_LINE) {
                throw new DamagedHistoryException("line " + lines + " is longer than " + HistoryWriter.LONGEST_LINE
                        + " bytes");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) next;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
