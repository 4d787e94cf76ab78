// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import org.openros.domain.log.Position;

/**
 * A segment file in use.
 *
 * @param begun whether its header was written, so that the file cannot be given back without a trace
 * @param end offset behind its last record; of a segment that was not read since the start, the end of the file
 * @param last position of that record; the one before the segment if it has none
 */
record Segment(LogFile file, SegmentHeader header, boolean begun, long end, Position last) {
    /** A segment that nothing was written to. */
    static Segment unused(LogFile file, SegmentHeader header) {
        return new Segment(file, header, false, SegmentHeader.BYTES, header.before());
    }

    /** Its header was written. */
    Segment begin() {
        return new Segment(file, header, true, end, last);
    }

    /** The records up to there are in it. */
    Segment upTo(long newEnd, Position newLast) {
        return new Segment(file, header, true, newEnd, newLast);
    }

    /** Whether an entry is in it. */
    boolean holds(long seq) {
        return header.before().seq() < seq && seq <= last.seq();
    }
}
