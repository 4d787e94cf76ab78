// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import org.openros.domain.log.Position;


/**
 * A segment file in use.
 *
 * @param end offset behind its last record
 * @param last position of that record; the one before the segment if it has none
 */
record Segment(LogFile file, SegmentHeader header, long end, Position last) {
    Segment upTo(long newEnd, Position newLast) {
        return new Segment(file, header, newEnd, newLast);
    }
}
