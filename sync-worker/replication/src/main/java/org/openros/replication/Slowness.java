// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

/**
 * How much a backup holds commits up that a spare would not (group protocol, "Backup lost").
 *
 * @param markSeq the spare has acknowledged it and the backup had not; 0 if nothing is watched
 * @param markAt when that was seen
 * @param sum of the time that the backup was slow, less a quarter of the time that it was not, in nanoseconds
 * @param lookedAt when it was last summed up
 * @param swapAt no replacement for slowness before
 */
record Slowness(long markSeq, long markAt, long sum, long lookedAt, long swapAt) {
    static final Slowness NONE = new Slowness(0, 0, 0, Long.MIN_VALUE, Long.MIN_VALUE);

    /** After another look at what backup and spare have acknowledged. */
    Slowness look(long now, long backup, long spare, long slowAck) {
        long passed = lookedAt == Long.MIN_VALUE ? 0 : now - lookedAt;
        boolean watched = markSeq > 0 && backup < markSeq;
        boolean slow = watched && now - markAt > slowAck;
        long summed = Math.max(0, slow ? sum + passed : sum - passed / 4);
        if (watched) {
            return new Slowness(markSeq, markAt, summed, now, swapAt);
        }
        return new Slowness(spare > backup ? spare : 0, now, summed, now, swapAt);
    }

    Slowness swapped(long nextAt) {
        return new Slowness(0, 0, 0, Long.MIN_VALUE, nextAt);
    }
}
