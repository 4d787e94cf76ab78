// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The segments that hold the log, without a gap, oldest first. Thread-safe. */
final class SegmentChain {
    private final Deque<Segment> segments;

    SegmentChain(Collection<Segment> segments) {
        this.segments = new ArrayDeque<>(segments);
    }

    /** What a cut leaves to be cleaned up on the disk. */
    record Cut(@Nullable Segment shortened, List<Segment> dropped) {}

    /** Adds a segment, or replaces the newest one by what it has become. */
    synchronized void put(Segment written) {
        Segment newest = segments.peekLast();
        if (newest != null && newest.header().equals(written.header())) {
            segments.removeLast();
        }
        segments.addLast(written);
    }

    /** The segment of an entry, or null if it is not there any more or not yet. */
    synchronized @Nullable Segment holding(long seq) {
        Segment newest = segments.peekLast();
        if (newest != null && newest.holds(seq)) {
            return newest;
        }
        return segments.stream().filter(segment -> segment.holds(seq)).findFirst().orElse(null);
    }

    /** The oldest segment, or null. */
    synchronized @Nullable Segment oldest() {
        return segments.peekFirst();
    }

    /**
     * Takes out the oldest segments whose entries nobody needs; never the newest one.
     *
     * @param throughSeq entries up to there are not needed
     * @param keepBytes so much is kept nevertheless
     */
    synchronized List<Segment> release(long throughSeq, long keepBytes) {
        List<Segment> released = new ArrayList<>();
        long bytes = segments.stream().mapToLong(Segment::end).sum();
        while (segments.size() > 1) {
            Segment oldest = segments.getFirst();
            bytes -= oldest.end();
            if (oldest.last().seq() > throughSeq || bytes < keepBytes) {
                break;
            }
            released.add(segments.removeFirst());
        }
        return released;
    }

    /** Takes out a segment that turned out to be unreadable, and all before it; the newest one stays. */
    synchronized List<Segment> dropThrough(Segment unreadable) {
        return release(unreadable.last().seq(), 0);
    }

    /**
     * Takes out what lies behind an entry.
     *
     * @param marker a new segment that begins there
     */
    synchronized Cut cut(Segment marker) {
        long seq = marker.header().before().seq();
        List<Segment> dropped = new ArrayList<>();
        while (!segments.isEmpty() && segments.getLast().header().before().seq() >= seq) {
            dropped.add(segments.removeLast());
        }
        Segment shortened = null;
        if (!segments.isEmpty() && segments.getLast().last().seq() > seq) {
            shortened = segments.removeLast();
            segments.addLast(shortened.upTo(shortened.end(), marker.header().before()));
        }
        segments.addLast(marker);
        return new Cut(shortened, dropped);
    }

    /** Takes out all. */
    synchronized List<Segment> clear() {
        List<Segment> all = List.copyOf(segments);
        segments.clear();
        return all;
    }
}
