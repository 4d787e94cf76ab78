// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;

/**
 * How long nobody was acknowledged, by fault: the longest time between two acknowledgements that a fault had a part in,
 * that is, that was not over before the fault began, and began before the fault was over. Read it like the checkers,
 * entry by entry.
 */
public final class Gaps {
    private final Map<Long, Gap> faults = new LinkedHashMap<>();
    private final Map<Long, Gap> running = new LinkedHashMap<>();
    private final List<Gap> ending = new ArrayList<>();
    private long lastAck = -1;
    private long now;
    private Duration longest = Duration.ZERO;

    /** The next entry of the history. */
    public void read(Entry entry) {
        now = Math.max(now, entry.at());
        switch (entry) {
            case Entry.Acked acked -> acked(acked.at());
            case Entry.FaultBegan began -> {
                Gap gap = new Gap(began);
                faults.put(began.fault(), gap);
                running.put(began.fault(), gap);
            }
            case Entry.FaultEnded ended -> {
                Gap gap = running.remove(ended.fault());
                if (gap != null) {
                    ending.add(gap);
                }
            }
            default -> { }
        }
    }

    private void acked(long at) {
        if (lastAck >= 0) {
            Duration gap = Duration.ofNanos(Math.max(0, at - lastAck));
            longest = longest.compareTo(gap) < 0 ? gap : longest;
            running.values().forEach(fault -> fault.saw(gap));
            ending.forEach(fault -> fault.saw(gap));
        }
        ending.clear();
        lastAck = Math.max(lastAck, at);
    }

    /**
     * The longest gap of each fault, in the order in which they began. A gap that never ended counts up to the last
     * entry.
     */
    public Map<Entry.FaultBegan, Duration> byFault() {
        Map<Entry.FaultBegan, Duration> gaps = new LinkedHashMap<>();
        faults.values().forEach(gap -> gaps.put(gap.fault, longest(gap)));
        return gaps;
    }

    private Duration longest(Gap gap) {
        boolean open = running.containsValue(gap) || ending.contains(gap);
        Duration last = lastAck < 0 || !open ? Duration.ZERO : Duration.ofNanos(now - lastAck);
        return gap.longest.compareTo(last) < 0 ? last : gap.longest;
    }

    /** The longest gap of all, with faults and without. */
    public Duration longest() {
        return longest;
    }

    private static final class Gap {
        private final Entry.FaultBegan fault;
        private Duration longest = Duration.ZERO;

        private Gap(Entry.FaultBegan fault) {
            this.fault = fault;
        }

        private void saw(Duration gap) {
            longest = longest.compareTo(gap) < 0 ? gap : longest;
        }
    }
}
