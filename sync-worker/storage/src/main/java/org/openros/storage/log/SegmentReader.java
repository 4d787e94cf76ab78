// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;

/**
 * Reads entries of segments piece by piece, while others may be written or given free: what a segment holds by then is
 * not taken for what it held, because the salt is another one. It remembers where the latest reads ended. Thread-safe.
 *
 * <p>A read opens the file anew, so that a reader who is interrupted harms nobody else.
 */
final class SegmentReader {
    private static final int BOOKMARKS = 64;
    private static final int WINDOW = 256 << 10;

    private final LogFolder folder;
    private final Map<Long, Place> bookmarks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Place> eldest) {
            return size() > BOOKMARKS;
        }
    };

    SegmentReader(LogFolder folder) {
        this.folder = folder;
    }

    /**
     * A place in a segment.
     *
     * @param offset behind the record of that position
     */
    record Place(SegmentHeader header, long offset, Position position) {}

    /**
     * The entries of a segment behind a number, as many as fit, at least one.
     *
     * @throws IOException if they cannot be read
     */
    List<LogEntry> read(Segment segment, long afterSeq, long maxBytes) throws IOException {
        List<LogEntry> found = new ArrayList<>();
        Place end = null;
        try (LogFile file = folder.open(segment.file().name())) {
            Walk walk = new Walk(segment, file, start(segment, afterSeq));
            long bytes = 0;
            while (walk.position().seq() < segment.last().seq()) {
                LogEntry entry = walk.next();
                bytes += entry.position().seq() > afterSeq ? entry.payload().length : 0;
                if (bytes > maxBytes && !found.isEmpty()) {
                    break;
                }
                if (entry.position().seq() > afterSeq) {
                    found.add(entry);
                    end = walk.place();
                }
            }
        }
        if (end != null) {
            remember(end, afterSeq);
        }
        return found;
    }

    /** Where the record of an entry ends. */
    long endOf(Segment segment, long seq) throws IOException {
        try (LogFile file = folder.open(segment.file().name())) {
            Walk walk = new Walk(segment, file, start(segment, seq));
            while (walk.position().seq() < seq) {
                walk.next();
            }
            return walk.place().offset();
        }
    }

    private synchronized Place start(Segment segment, long afterSeq) {
        Place place = bookmarks.get(afterSeq);
        if (place != null && place.header().equals(segment.header())) {
            return place;
        }
        return new Place(segment.header(), SegmentHeader.BYTES, segment.header().before());
    }

    private synchronized void remember(Place place, long instead) {
        bookmarks.remove(instead);
        bookmarks.put(place.position().seq(), place);
    }

    /** Forgets all places. */
    synchronized void forget() {
        bookmarks.clear();
    }

    /** Goes from record to record through a window that moves along. */
    private static final class Walk {
        private final RecordFormat format = new RecordFormat();
        private final ChainHash.Chain chain = new ChainHash.Chain();
        private final Segment segment;
        private final LogFile file;
        private ByteBuffer window = ByteBuffer.allocate(0);
        private long windowStart;
        private Place place;

        Walk(Segment segment, LogFile file, Place start) {
            this.segment = segment;
            this.file = file;
            this.place = start;
            this.windowStart = start.offset();
        }

        Place place() {
            return place;
        }

        Position position() {
            return place.position();
        }

        LogEntry next() throws IOException {
            RecordFormat.Entry entry = readInWindow();
            if (entry == null) {
                moveWindow();
                entry = readInWindow();
            }
            if (entry == null || !follows(entry)) {
                throw new IOException("the entry at offset " + place.offset() + " of " + file.name() + " is damaged");
            }
            place = new Place(segment.header(), place.offset() + entry.size(), entry.position());
            return new LogEntry(entry.position(), entry.payload());
        }

        private RecordFormat.@Nullable Entry readInWindow() {
            return format.read(window, (int) (place.offset() - windowStart), segment.header().salt());
        }

        private void moveWindow() throws IOException {
            long rest = segment.end() - place.offset();
            windowStart = place.offset();
            window = read(Math.min(rest, WINDOW));
            if (window.remaining() >= Integer.BYTES) {
                long needed = RecordFormat.size(Math.max(0, window.getInt(0)));
                if (needed > window.remaining() && needed <= rest) {
                    window = read(needed);
                }
            }
        }

        private ByteBuffer read(long bytes) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(Math.max(0, bytes)));
            file.read(buffer, windowStart);
            return buffer.flip();
        }

        private boolean follows(RecordFormat.Entry entry) {
            Position next = entry.position();
            Position before = place.position();
            ChainHash hash = chain.next(before.hash(), next.epoch().value(), next.seq(), entry.payload());
            return next.seq() == before.seq() + 1 && next.hash().equals(hash);
        }
    }
}
