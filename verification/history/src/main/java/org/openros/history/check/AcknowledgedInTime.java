// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openros.history.Entry;

/**
 * C8, and invariant I10: while uploads of a realm wait, one of them is acknowledged within the limit. The wait counts
 * from the last acknowledgement, the first upload that waits, and the last begin or end of a fault, whichever came
 * last; it does not count while a fault excuses it.
 */
final class AcknowledgedInTime implements Checker {
    private final long limit;
    private final Map<String, Wait> realms = new HashMap<>();
    private final Set<Long> excuses = new HashSet<>();
    private final Findings findings = new Findings(Claim.C8);
    private long disturbed = Long.MIN_VALUE;
    private long now;

    AcknowledgedInTime(Limits limits) {
        limit = limits.acknowledge().toNanos();
    }

    @Override
    public void read(Entry entry) {
        now = Math.max(now, entry.at());
        switch (entry) {
            case Entry.Sent sent -> realms.computeIfAbsent(sent.realm(), realm -> new Wait()).sent(sent);
            case Entry.Acked acked -> acked(acked);
            case Entry.FaultBegan began -> {
                disturbed();
                if (began.excuses()) {
                    excuses.add(began.fault());
                }
            }
            case Entry.FaultEnded ended -> {
                disturbed();
                excuses.remove(ended.fault());
            }
            default -> { }
        }
    }

    private void acked(Entry.Acked acked) {
        Wait wait = realms.get(acked.realm());
        if (wait != null) {
            judge(acked.realm(), wait, acked.at());
            wait.acked(acked);
        }
    }

    private void disturbed() {
        realms.forEach((realm, wait) -> judge(realm, wait, now));
        disturbed = now;
    }

    private void judge(String realm, Wait wait, long until) {
        long since = Math.max(wait.since, disturbed);
        if (wait.count > 0 && excuses.isEmpty() && until - since > limit) {
            findings.add("uploads of " + realm + " waited " + (until - since) / 1_000_000
                    + " ms without an acknowledgement, since "
                    + since / 1_000_000 + " ms");
        }
    }

    @Override
    public List<Violation> violations() {
        realms.forEach((realm, wait) -> judge(realm, wait, now));
        return findings.all();
    }

    /** Uploads of a realm that wait. */
    private static final class Wait {
        private final Pending pending = new Pending();
        private long count;
        private long since;

        private void sent(Entry.Sent sent) {
            if (count++ == 0) {
                since = sent.at();
            }
            pending.sent(sent);
        }

        private void acked(Entry.Acked acked) {
            int covered = pending.acked(acked).size();
            if (covered > 0) {
                since = acked.at();
            }
            count -= covered;
        }
    }
}
