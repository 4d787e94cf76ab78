// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;
import org.openros.history.Holder;
import org.openros.history.Operation;

/** A history made by hand, in one realm; each line comes a millisecond after the one before. */
final class Story {
    static final String REALM = "/a";
    private static final long MILLISECOND = 1_000_000;

    private final List<Entry> entries = new ArrayList<>();
    private long now;

    /** Two clients, three nodes, a failover, and nothing lost. */
    static Story ofAGoodRun() {
        return new Story()
                .master("w1", 1)
                .inserts("ann", 1, "k1").acks("ann", 1, 2, 1, "w1").downloads("bob", 2, 22, 222)
                .adds("bob", 1, 5).acks("bob", 1, 3, 1, "w1").downloads("ann", 3, 33, 333)
                .fault(1, "kill-master", false)
                .inserts("ann", 2, "k2").adds("bob", 2, 7)
                .after(3_000).master("w2", 2).acks("ann", 2, 4, 2, "w2")
                .healed(1)
                .version(2, 22, 222).version(3, 33, 333).version(4, 44, 444);
    }

    /** What everybody has at the end. */
    Story endsWith(List<String> keys, long counter) {
        for (Holder holder : List.of(Holder.node("w1"), Holder.node("w2"), Holder.client("ann"),
                Holder.client("bob"))) {
            holds(holder, keys, counter).state(holder, holder.kind().name());
        }
        return this;
    }

    Story inserts(String client, long change, String key) {
        return add(new Entry.Sent(now, client, REALM, change, new Operation.Insert(key)));
    }

    Story adds(String client, long change, long by) {
        return add(new Entry.Sent(now, client, REALM, change, new Operation.Increment("likes", by)));
    }

    Story acks(String client, long change, long version, long epoch, String node) {
        return add(new Entry.Acked(now, client, REALM, change, version, epoch, node));
    }

    Story downloads(String client, long version, long salt, long content) {
        return add(new Entry.Downloaded(now, client, REALM, version, salt, content));
    }

    Story resets(String client) {
        return add(new Entry.Reset(now, client, REALM, "bad server version"));
    }

    Story master(String node, long epoch) {
        return add(new Entry.NodeState(now, node, Entry.NodeState.MASTER, epoch, 1, 1));
    }

    Story fault(long number, String kind, boolean excuses) {
        return add(new Entry.FaultBegan(now, number, kind, "w1", excuses));
    }

    Story healed(long number) {
        return add(new Entry.FaultEnded(now, number));
    }

    Story version(long version, long salt, long content) {
        return add(new Entry.FinalVersion(now, REALM, version, salt, content));
    }

    Story holds(Holder holder, List<String> keys, long counter) {
        return add(new Entry.FinalContent(now, holder, REALM, keys, Map.of("likes", counter)));
    }

    Story state(Holder holder, String hash) {
        return add(new Entry.FinalState(now, holder, REALM, hash));
    }

    Story after(long milliseconds) {
        now += milliseconds * MILLISECOND;
        return this;
    }

    private Story add(Entry entry) {
        entries.add(entry);
        now += MILLISECOND;
        return this;
    }

    List<Entry> entries() {
        return entries;
    }

    List<Violation> violations() {
        return Checkers.check(entries, Limits.PROTOCOL);
    }

    List<Claim> broken() {
        return violations().stream().map(Violation::claim).distinct().toList();
    }
}
