// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.openros.domain.log.LogEntry;

/** Writes batches into segments. Keeps one buffer for all of them; not thread-safe. */
final class BatchWriter {
    private static final int BUFFER = 512 << 10;
    private static final byte[] PADDING = new byte[8];

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final RecordFormat format = new RecordFormat();

    /** The bytes that a batch takes in a segment. */
    static long size(List<LogEntry> entries) {
        return entries.stream()
                .mapToLong(entry -> RecordFormat.size(entry.payload().length))
                .sum();
    }

    /**
     * Writes records behind the end of the segment, and its header if they are the first; does not flush the disk.
     */
    Segment write(Segment segment, List<LogEntry> entries) throws IOException {
        Output out = new Output(segment.file(), segment.end());
        if (segment.end() == SegmentHeader.BYTES) {
            out = new Output(segment.file(), 0);
            segment.header().put(buffer);
        }
        long batchStart = entries.getFirst().position().seq();
        for (LogEntry entry : entries) {
            byte[] payload = entry.payload();
            out.reserve(RecordFormat.HEADER);
            format.putHeader(buffer, segment.header().salt(), entry.position(), batchStart, payload);
            out.put(payload, payload.length);
            out.put(PADDING, (int) (RecordFormat.size(payload.length) - RecordFormat.HEADER - payload.length));
        }
        out.flush();
        return segment.upTo(segment.end() + size(entries), entries.getLast().position());
    }

    /** Writes the header of a segment; does not flush the disk. */
    Segment begin(Segment segment) throws IOException {
        Output out = new Output(segment.file(), 0);
        segment.header().put(buffer);
        out.flush();
        return segment.begin();
    }

    /** Writes zeros and flushes the disk. */
    void wipe(LogFile file, long from, long to) throws IOException {
        Output out = new Output(file, from);
        byte[] zeros = new byte[64 << 10];
        for (long rest = to - from; rest > 0; rest -= Math.min(rest, zeros.length)) {
            out.put(zeros, (int) Math.min(rest, zeros.length));
        }
        out.flush();
        file.force();
    }

    /** Collects bytes in the buffer and writes it out when it is full. */
    private final class Output {
        private final LogFile file;
        private long offset;

        Output(LogFile file, long offset) {
            this.file = file;
            this.offset = offset;
            buffer.clear();
        }

        void reserve(int bytes) throws IOException {
            if (buffer.remaining() < bytes) {
                flush();
            }
        }

        void put(byte[] bytes, int length) throws IOException {
            int done = 0;
            while (done < length) {
                reserve(1);
                int count = Math.min(length - done, buffer.remaining());
                buffer.put(bytes, done, count);
                done += count;
            }
        }

        void flush() throws IOException {
            buffer.flip();
            int bytes = buffer.remaining();
            file.write(buffer, offset);
            offset += bytes;
            buffer.clear();
        }
    }
}
