// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.log;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.Epoch;

/**
 * Which epoch wrote which part of a log: one line for every epoch that has an entry there. Two logs of one lineage that
 * have an entry of the same epoch and number have the same entries up to it, because an epoch has one master.
 *
 * @param starts rising in both components
 */
public record EpochTable(List<Start> starts) {
    /** Of an empty log. */
    public static final EpochTable EMPTY = new EpochTable(List.of());

    /**
     * The first entry of an epoch.
     *
     * @param firstSeq number of that entry, from 1
     */
    public record Start(Epoch epoch, long firstSeq) {}

    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if a line does not rise
     */
    public EpochTable {
        starts = List.copyOf(starts);
        for (int i = 1; i < starts.size(); i++) {
            Start before = starts.get(i - 1);
            Start start = starts.get(i);
            if (start.epoch().compareTo(before.epoch()) <= 0 || start.firstSeq() <= before.firstSeq()) {
                throw new IllegalArgumentException("an epoch table has to rise: " + before + ", " + start);
            }
        }
    }

    /** The table after an entry was appended. */
    public EpochTable with(Epoch epoch, long seq) {
        if (!starts.isEmpty() && starts.getLast().epoch().equals(epoch)) {
            return this;
        }
        List<Start> longer = new ArrayList<>(starts);
        longer.add(new Start(epoch, seq));
        return new EpochTable(longer);
    }

    /** The table after all entries behind a number were cut off. */
    public EpochTable upTo(long seq) {
        return new EpochTable(
                starts.stream().filter(start -> start.firstSeq() <= seq).toList());
    }

    /** The epoch of the entry with that number; {@link Epoch#NONE} before the first. */
    public Epoch epochOf(long seq) {
        Epoch epoch = Epoch.NONE;
        for (Start start : starts) {
            if (start.firstSeq() > seq) {
                break;
            }
            epoch = start.epoch();
        }
        return epoch;
    }

    /**
     * The number of the last entry that two logs have in common; 0 if there is none.
     *
     * @param last number of the last entry of this log
     * @param other table of the other log
     * @param otherLast number of the last entry of the other log
     */
    public long commonPrefix(long last, EpochTable other, long otherLast) {
        long common = 0;
        for (int i = 0; i < starts.size(); i++) {
            Start start = starts.get(i);
            if (other.starts.contains(start)) {
                common = Math.min(end(i, last), other.end(other.starts.indexOf(start), otherLast));
            }
        }
        return common;
    }

    private long end(int line, long last) {
        return line + 1 < starts.size() ? starts.get(line + 1).firstSeq() - 1 : last;
    }
}
