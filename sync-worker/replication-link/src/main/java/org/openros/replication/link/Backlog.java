// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many bytes of entries are on a connection and not acknowledged yet. Thread-safe. */
final class Backlog {
    /** Entries are counted in portions of this many bytes, so that many small ones take little memory. */
    private static final long PORTION_BYTES = 32 << 10;

    private final Deque<Portion> portions = new ArrayDeque<>();
    private long bytes;

    private record Portion(long lastSeq, long bytes) {}

    /**
     * Counts a frame.
     *
     * @param lastSeq number of the entry that it ends with, wholly or in part
     */
    synchronized void add(long lastSeq, long size) {
        bytes += size;
        Portion newest = portions.peekLast();
        if (newest != null && newest.bytes() + size <= PORTION_BYTES) {
            portions.removeLast();
            portions.addLast(new Portion(lastSeq, newest.bytes() + size));
        } else {
            portions.addLast(new Portion(lastSeq, size));
        }
    }

    /** Everything up to an entry is acknowledged. */
    synchronized void release(long seq) {
        Portion oldest = portions.peekFirst();
        while (oldest != null && oldest.lastSeq() <= seq) {
            bytes -= oldest.bytes();
            portions.removeFirst();
            oldest = portions.peekFirst();
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
