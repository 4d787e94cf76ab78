// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import java.io.BufferedOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Appends entries to a history, one line of JSON each. Threads may share it: the order of lines is the order of calls.
 */
public final class HistoryWriter implements AutoCloseable, Flushable {
    /** The longest line, in bytes. */
    static final int LONGEST_LINE = 1 << 20;
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;

    /** Writes to a stream, which it closes with itself. */
    public HistoryWriter(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER);
    }

    /**
     * Begins a history, in place of one that is there.
     *
     * @throws IOException if the file cannot be opened
     */
    public static HistoryWriter to(Path file) throws IOException {
        return new HistoryWriter(Files.newOutputStream(file));
    }

    /**
     * Appends an entry; it reaches the file with the next {@link #flush}, or earlier.
     *
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if the line would be longer than 1 MiB
     */
    public void write(Entry entry) throws IOException {
        byte[] line = EntryJson.line(entry);
        if (line.length > LONGEST_LINE) {
            throw new IllegalArgumentException("an entry of " + line.length + " bytes is too long for one line");
        }
        synchronized (out) {
            out.write(line);
            out.write('\n');
        }
    }

    @Override
    public void flush() throws IOException {
        synchronized (out) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (out) {
            out.close();
        }
    }
}
