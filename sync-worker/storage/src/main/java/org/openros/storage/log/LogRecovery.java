// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
 */
final class LogRecovery {
    private static final Logger log = LoggerFactory.getLogger(LogRecovery.class);

    private final LogFolder folder;
    private final LogOptions options;
    private final Position applied;
    private final List<LogFile> opened = new ArrayList<>();
    private final List<LogFile> free = new ArrayList<>();
    private long lastNumber;

    /** What the log holds: segments with entries behind the applied ones, and files that wait for use. */
    record Recovered(SegmentPool pool, List<Segment> live, long lastOrdinal, Position last) {}

    private record Found(LogFile file, SegmentHeader header) {}

    LogRecovery(LogFolder folder, LogOptions options, Position applied) {
        this.folder = folder;
        this.options = options;
        this.applied = applied;
    }

    Recovered recover() throws IOException {
        List<Found> found = find();
        long lastOrdinal = found.isEmpty() ? 0 : found.getLast().header().ordinal();
        List<Segment> live = scan(withoutApplied(found));
        Position last = live.isEmpty() ? applied : live.getLast().last();
        if (last.seq() < applied.seq()) {
            log.warn("The log ends at entry {}, the state has {}: going on from there", last.seq(), applied.seq());
            last = applied;
        }
        SegmentPool pool = new SegmentPool(folder, options, lastNumber);
        for (LogFile file : free) {
            pool.giveBack(file);
        }
        return new Recovered(pool, live, lastOrdinal, last);
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

    /** Frees the segments that the applied state has made unnecessary. */
    private List<Found> withoutApplied(List<Found> found) {
        int first = 0;
        while (first + 1 < found.size() && found.get(first + 1).header().before().seq() <= applied.seq()) {
            free.add(found.get(first).file());
            first++;
        }
        return found.subList(first, found.size());
    }

    private List<Segment> scan(List<Found> found) throws IOException {
        List<Segment> live = new ArrayList<>();
        for (Found segment : found) {
            checkConnection(live, segment);
            SegmentScan scan = SegmentScan.of(segment.file(), segment.header(), this::checkAgainstApplied);
            live.add(new Segment(segment.file(), segment.header(), scan.end(), scan.last()));
            if (segment == found.getLast()) {
                if (scan.isDamagedAtEnd(applied.seq())) {
                    throw corrupt(segment.file(), scan.end(), "the entry there is damaged, and later ones are not");
                }
                scan.secureLastBatch(segment.file());
            }
        }
        return live;
    }

    private void checkConnection(List<Segment> live, Found next) {
        SegmentHeader header = next.header();
        if (live.isEmpty()) {
            if (header.before().seq() > applied.seq()) {
                throw corrupt(next.file(), 0, "entries " + (applied.seq() + 1) + " to " + header.before().seq()
                        + " are neither in the log nor in the state");
            }
            return;
        }
        Segment previous = live.getLast();
        if (header.ordinal() != previous.header().ordinal() + 1) {
            throw corrupt(next.file(), 0, "the segment before it is missing");
        }
        if (!header.before().equals(previous.last())) {
            throw corrupt(previous.file(), previous.end(), "the entry there is damaged, and later ones are not");
        }
    }

    private void checkAgainstApplied(Position position, byte[] payload) {
        if (position.seq() == applied.seq() && !position.equals(applied)) {
            throw new StorageException(
                    Reason.CORRUPT,
                    "log and state disagree about entry " + position.seq()
                            + ": restore both from one backup, or let the node join anew",
                    null);
        }
    }

    private StorageException corrupt(LogFile file, long offset, String what) {
        String place = folder.describe(file.name()) + " at offset " + offset;
        return new StorageException(
                Reason.CORRUPT, place + ": " + what + "; restore a backup or let the node join anew", null);
    }
}
