// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;

/**
 * Reads the records of one segment: as long as each is intact, has the next sequence number and chains to the one
 * before.
 */
final class SegmentScan {
    private static final int ALIGNMENT = 8;

    private final RecordFormat format = new RecordFormat();
    private final ChainHash.Chain chain = new ChainHash.Chain();
    private final SegmentHeader header;
    private final ByteBuffer content;
    private int end = SegmentHeader.BYTES;
    private int lastBatch = SegmentHeader.BYTES;
    private long lastBatchStart;
    private Position last;

    private SegmentScan(SegmentHeader header, ByteBuffer content) {
        this.header = header;
        this.content = content;
        this.last = header.before();
    }

    /**
     * Reads a segment and hands its records to the visitor.
     *
     * @param throughSeq number of the last record that counts; what lies behind was cut off
     */
    static SegmentScan of(LogFile file, SegmentHeader header, long throughSeq, Consumer<LogEntry> visitor)
            throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) file.size());
        file.read(content, 0);
        SegmentScan scan = new SegmentScan(header, content.flip());
        scan.walk(throughSeq, visitor);
        return scan;
    }

    /** Offset behind the last good record. */
    int end() {
        return end;
    }

    /** Position of the last good record, or the one before the segment. */
    Position last() {
        return last;
    }

    private void walk(long throughSeq, Consumer<LogEntry> visitor) {
        for (RecordFormat.Entry entry = next(); entry != null; entry = next()) {
            if (entry.position().seq() > throughSeq) {
                return;
            }
            if (entry.batchStart() != lastBatchStart) {
                lastBatchStart = entry.batchStart();
                lastBatch = end;
            }
            end += (int) entry.size();
            last = entry.position();
            visitor.accept(new LogEntry(entry.position(), entry.payload()));
        }
    }

    private RecordFormat.@Nullable Entry next() {
        RecordFormat.Entry entry = format.read(content, end, header.salt());
        return entry != null && follows(entry) ? entry : null;
    }

    private boolean follows(RecordFormat.Entry entry) {
        Position position = entry.position();
        ChainHash hash = chain.next(last.hash(), position.epoch().value(), position.seq(), entry.payload());
        return position.seq() == last.seq() + 1 && position.hash().equals(hash);
    }

    /**
     * Writes the last batch again, with the header if it is the only one, and flushes it. Its first flush may have
     * failed or not have happened: then what was read came from memory, and need never reach the disk by itself.
     */
    void secureLastBatch(LogFile file) throws IOException {
        int from = lastBatch == SegmentHeader.BYTES ? 0 : lastBatch;
        file.write(content.slice(from, end - from), from);
        file.force();
    }

    /**
     * Whether a record behind the end proves that the one missing there had been durable: it belongs to a batch that
     * was begun later. Records that the state has do not count: their segment was given free, and a crash may have
     * found it half overwritten.
     */
    boolean isDamagedAtEnd(long appliedSeq) {
        long missing = last.seq() + 1;
        return hasRecordBehind(Math.max(missing, appliedSeq), entry -> entry.batchStart() > missing);
    }

    /** Whether there is a good record behind the end, as an unfinished cut leaves it. */
    boolean hasRecordBehind() {
        return hasRecordBehind(last.seq(), entry -> true);
    }

    private boolean hasRecordBehind(long seq, Predicate<RecordFormat.Entry> wanted) {
        for (int offset = end; offset <= content.limit() - RecordFormat.HEADER; offset += ALIGNMENT) {
            if (content.getInt(offset) > 0 && content.getLong(offset + 8) > seq) {
                RecordFormat.Entry entry = format.read(content, offset, header.salt());
                if (entry != null && wanted.test(entry)) {
                    return true;
                }
            }
        }
        return false;
    }
}
