// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;
import org.openros.history.Operation;

/**
 * C3, and invariant I5: a counter is the sum of its acknowledged increments and of some of those whose fate is unknown.
 */
final class CountersAddUp implements Checker {
    /** Above it only the bounds of a counter are checked, not which of the unknown increments make it up. */
    private static final long LARGEST_SUM = 1 << 22;

    private final Pending pending = new Pending();
    private final Map<Counter, Long> acked = new HashMap<>();
    private final Map<Counter, List<Entry.FinalContent>> finals = new LinkedHashMap<>();
    private final Findings findings = new Findings(Claim.C3);

    @Override
    public void read(Entry entry) {
        switch (entry) {
            case Entry.Sent sent when sent.operation() instanceof Operation.Increment -> pending.sent(sent);
            case Entry.Acked ack -> pending.acked(ack).forEach(sent -> acked.merge(counter(sent), by(sent), Long::sum));
            case Entry.FinalContent content -> content.counters().keySet().forEach(name -> finals
                    .computeIfAbsent(new Counter(content.realm(), name), counter -> new ArrayList<>()).add(content));
            default -> { }
        }
    }

    @Override
    public List<Violation> violations() {
        Map<Counter, List<Long>> unknown = new HashMap<>();
        pending.left()
                .forEach(sent -> unknown.computeIfAbsent(counter(sent), counter -> new ArrayList<>()).add(by(sent)));
        acked.keySet().stream().filter(counter -> !finals.containsKey(counter))
                .forEach(counter ->
                        findings.add("nobody tells the value of " + counter + ", though increments were acknowledged"));
        finals.forEach((counter, tellers) -> tellers.forEach(teller ->
                judge(counter, teller, acked.getOrDefault(counter, 0L), unknown.getOrDefault(counter, List.of()))));
        return findings.all();
    }

    private void judge(Counter counter, Entry.FinalContent teller, long sum, List<Long> unknown) {
        long value = teller.counters().getOrDefault(counter.name(), 0L);
        if (!reachable(value - sum, unknown)) {
            findings.add(counter + " is " + value + " with " + teller.holder() + ", acknowledged increments make " + sum
                    + ", those of unknown fate are " + unknown);
        }
    }

    private static boolean reachable(long rest, List<Long> unknown) {
        long all = unknown.stream().mapToLong(Long::longValue).sum();
        if (rest < 0 || rest > all || all > LARGEST_SUM) {
            return rest >= 0 && rest <= all;
        }
        BitSet sums = new BitSet();
        sums.set(0);
        for (long by : unknown) {
            for (int sum = sums.length() - 1; sum >= 0; sum = sums.previousSetBit(sum - 1)) {
                sums.set(sum + Math.toIntExact(by));
            }
        }
        return sums.get(Math.toIntExact(rest));
    }

    private static Counter counter(Entry.Sent sent) {
        return switch (sent.operation()) {
            case Operation.Increment increment -> new Counter(sent.realm(), increment.counter());
            case Operation.Insert insert -> throw new IllegalArgumentException("no counter: " + insert);
        };
    }

    private static long by(Entry.Sent sent) {
        return switch (sent.operation()) {
            case Operation.Increment increment -> increment.by();
            case Operation.Insert insert -> throw new IllegalArgumentException("no counter: " + insert);
        };
    }

    private record Counter(String realm, String name) {
        @Override
        public String toString() {
            return "counter " + name + " of " + realm;
        }
    }
}
