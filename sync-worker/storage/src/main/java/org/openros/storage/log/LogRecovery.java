// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a log holds.
 *
 * <p>A batch is flushed before the next one is written. So only the newest batch can be torn, and of it any pages may
 * be missing: it is cut at its first bad record. Anything else that is bad had been durable once, and is refused: a
 * bad record in a segment that has a successor, or one that a later batch follows.
 *
 * <p>A segment that begins before an entry of an older one tells that the log was cut there. What was cut is wiped, if
 * that is not done yet.
 */
final class LogRecovery {
    private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

    private final LogFolder folder;
    private final LogOptions options;
    private final Position applied;
    private final List<LogFile> opened = new ArrayList<>();
    private final List<LogFile> free = new ArrayList<>();
    private final List<Found> dropped = new ArrayList<>();
    private final List<Segment> shortened = new ArrayList<>();
    private final List<Segment> live = new ArrayList<>();
    private RecentEntries recent;
    private EpochTable epochs;
    private long lastNumber;

    /**
     * What the log holds.
     *
     * @param live segments with entries, and files that wait for use in the pool
     * @param recent the newest entries
     */
    record Recovered(
            SegmentPool pool,
            List<Segment> live,
            long lastOrdinal,
            Position last,
            EpochTable epochs,
            RecentEntries recent) {}

    private record Found(LogFile file, SegmentHeader header) {
        long beforeSeq() {
            return header.before().seq();
        }
    }

    LogRecovery(LogFolder folder, LogOptions options, Position applied, EpochTable epochs) {
        this.folder = folder;
        this.options = options;
        this.applied = applied;
        this.epochs = epochs;
        this.recent = new RecentEntries(options.recentBytes(), applied.seq());
    }

    Recovered recover() throws IOException {
        List<Found> all = find();
        long lastOrdinal = all.isEmpty() ? 0 : all.getLast().header().ordinal();
        List<Found> found = withoutCut(all);
        int firstToScan = keepHistory(found);
        scan(found, firstToScan);
        Position last = live.isEmpty() ? applied : live.getLast().last();
        if (last.seq() < applied.seq()) {
            log.warn("The log ends at entry {}, the state has {}: going on from there", last.seq(), applied.seq());
            last = applied;
            recent = new RecentEntries(options.recentBytes(), applied.seq());
            live.forEach(segment -> free.add(segment.file()));
            live.clear();
        }
        finishCuts();
        SegmentPool pool = new SegmentPool(folder, options, lastNumber);
        for (LogFile file : free) {
            pool.giveBack(file);
        }
        return new Recovered(pool, live, lastOrdinal, last, epochs, recent);
    }

    /** Releases what was opened, after a failure. */
    void close() {
        opened.forEach(SegmentPool::closeQuietly);
    }

    private List<Found> find() throws IOException {
        List<Found> found = new ArrayList<>();
        for (String name : folder.names()) {
            if (SegmentPool.number(name) >= 0) {
                lastNumber = Math.max(lastNumber, SegmentPool.number(name));
                LogFile file = folder.open(name);
                opened.add(file);
                add(file, found);
            }
        }
        found.sort(Comparator.comparingLong(segment -> segment.header().ordinal()));
        return found;
    }

    private void add(LogFile file, List<Found> found) throws IOException {
        ByteBuffer page = ByteBuffer.allocate((int) Math.min(SegmentHeader.BYTES, file.size()));
        file.read(page, 0);
        switch (SegmentHeader.read(page.flip())) {
            case SegmentHeader.Reading.Blank _ -> free.add(file);
            case SegmentHeader.Reading.Used(SegmentHeader header) when header.store().equals(options.store()) ->
                found.add(new Found(file, header));
            case SegmentHeader.Reading.Used(SegmentHeader header) ->
                throw corrupt(file, 0, "it belongs to another store, " + header.store());
            case SegmentHeader.Reading.Damaged _ -> throw corrupt(file, 0, "its header is damaged");
            case SegmentHeader.Reading.OtherVersion(int version) ->
                throw new StorageException(
                        Reason.UNKNOWN_FORMAT,
                        folder.describe(file.name()) + " has the unknown log format " + version
                                + ": start the release that wrote it",
                        null);
        }
    }

    /** Leaves out segments all of which lies behind the beginning of a later one. */
    private List<Found> withoutCut(List<Found> all) {
        Deque<Found> kept = new ArrayDeque<>();
        for (Found segment : all.reversed()) {
            if (kept.isEmpty() || segment.beforeSeq() < kept.getFirst().beforeSeq()) {
                kept.addFirst(segment);
            } else {
                dropped.add(segment);
            }
        }
        return List.copyOf(kept);
    }

    /**
     * Keeps segments whose entries the state has, for readers that lag behind. They are not read now, which would take
     * long; damage shows when somebody reads them.
     *
     * @return index of the first segment with entries that the state lacks
     */
    private int keepHistory(List<Found> found) {
        int first = 0;
        while (first + 1 < found.size() && found.get(first + 1).beforeSeq() <= applied.seq()) {
            first++;
        }
        for (int i = 0; i < first; i++) {
            Found segment = found.get(i);
            SegmentHeader next = found.get(i + 1).header();
            if (next.ordinal() != segment.header().ordinal() + 1) {
                live.forEach(unconnected -> free.add(unconnected.file()));
                live.clear();
                free.add(segment.file());
            } else {
                live.add(new Segment(segment.file(), segment.header(), true, fileSize(segment), next.before()));
            }
        }
        return first;
    }

    private static long fileSize(Found segment) {
        try {
            return segment.file().size();
        } catch (IOException e) {
            return 0;
        }
    }

    private void scan(List<Found> found, int from) throws IOException {
        if (from < found.size()) {
            checkBeginning(found.get(from));
            recent = new RecentEntries(options.recentBytes(), found.get(from).beforeSeq());
        }
        for (int i = from; i < found.size(); i++) {
            Found next = i + 1 < found.size() ? found.get(i + 1) : null;
            scan(found.get(i), next);
        }
        if (from > 0 && from == found.size() - 1) {
            wipeIfCut(found.get(from - 1), found.get(from));
        }
    }

    private void checkBeginning(Found segment) {
        if (segment.beforeSeq() > applied.seq()) {
            throw corrupt(segment.file(), 0, "entries " + (applied.seq() + 1) + " to " + segment.beforeSeq()
                    + " are neither in the log nor in the state");
        }
    }

    private void scan(Found segment, @Nullable Found next) throws IOException {
        long through = next == null ? Long.MAX_VALUE : next.beforeSeq();
        SegmentScan scan = SegmentScan.of(segment.file(), segment.header(), through, this::take);
        live.add(new Segment(segment.file(), segment.header(), true, scan.end(), scan.last()));
        if (next == null) {
            if (scan.isDamagedAtEnd(applied.seq())) {
                throw corrupt(segment.file(), scan.end(), "the entry there is damaged, and later ones are not");
            }
            scan.secureLastBatch(segment.file());
        } else if (!scan.last().equals(next.header().before())) {
            throw scan.last().seq() < through && next.header().ordinal() != segment.header().ordinal() + 1
                    ? corrupt(next.file(), 0, "the segment before it is missing")
                    : corrupt(segment.file(), scan.end(), "the entry there is damaged, and later ones are not");
        } else if (scan.hasRecordBehind()) {
            shortened.add(live.getLast());
        }
    }

    private void take(LogEntry entry) {
        Position position = entry.position();
        if (position.seq() == applied.seq() && !position.equals(applied)) {
            throw new StorageException(
                    Reason.CORRUPT,
                    "log and state disagree about entry " + position.seq()
                            + ": restore both from one backup, or let the node join anew",
                    null);
        }
        if (position.seq() > applied.seq()) {
            epochs = epochs.with(position.epoch(), position.seq());
        }
        recent.add(List.of(entry));
    }

    private void wipeIfCut(Found segment, Found next) throws IOException {
        SegmentScan scan = SegmentScan.of(segment.file(), segment.header(), next.beforeSeq(), entry -> {});
        if (scan.hasRecordBehind() && scan.last().equals(next.header().before())) {
            shortened.add(new Segment(segment.file(), segment.header(), true, scan.end(), scan.last()));
        }
    }

    private void finishCuts() throws IOException {
        BatchWriter writer = new BatchWriter();
        for (Segment segment : shortened) {
            writer.wipe(segment.file(), segment.end(), segment.file().size());
        }
        for (Found segment : dropped) {
            writer.wipe(segment.file(), 0, SegmentHeader.BYTES);
            free.add(segment.file());
        }
    }

    private StorageException corrupt(LogFile file, long offset, String what) {
        String place = folder.describe(file.name()) + " at offset " + offset;
        return new StorageException(
                Reason.CORRUPT, place + ": " + what + "; restore a backup or let the node join anew", null);
    }
}
