// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;
import org.openros.history.Holder;
import org.openros.history.Operation;

/** C1: every acknowledged insert exists at the end with every holder that tells what it has, and somebody does. */
final class InsertsKept implements Checker {
    private final Pending pending = new Pending();
    private final Map<String, Realm> realms = new LinkedHashMap<>();

    @Override
    public void read(Entry entry) {
        switch (entry) {
            case Entry.Sent sent when sent.operation() instanceof Operation.Insert -> pending.sent(sent);
            case Entry.Acked acked -> pending.acked(acked).forEach(this::acked);
            case Entry.FinalContent content -> realm(content.realm()).has(content);
            default -> { }
        }
    }

    private void acked(Entry.Sent sent) {
        if (sent.operation() instanceof Operation.Insert insert) {
            realm(sent.realm()).acked.set(realm(sent.realm()).number(insert.key()));
        }
    }

    private Realm realm(String path) {
        return realms.computeIfAbsent(path, realm -> new Realm());
    }

    @Override
    public List<Violation> violations() {
        Findings findings = new Findings(Claim.C1);
        realms.forEach((path, realm) -> realm.judge(path, findings));
        return findings.all();
    }

    private static final class Realm {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final BitSet acked = new BitSet();
        private final Map<Holder, BitSet> holders = new LinkedHashMap<>();

        private int number(String key) {
            return numbers.computeIfAbsent(key, unseen -> numbers.size());
        }

        private void has(Entry.FinalContent content) {
            BitSet has = holders.computeIfAbsent(content.holder(), holder -> new BitSet());
            content.keys().forEach(key -> has.set(number(key)));
        }

        private void judge(String path, Findings findings) {
            if (holders.isEmpty() && !acked.isEmpty()) {
                findings.add("nobody tells what " + path + " holds at the end, though inserts were acknowledged");
            }
            holders.forEach((holder, has) -> {
                BitSet lost = (BitSet) acked.clone();
                lost.andNot(has);
                if (!lost.isEmpty()) {
                    findings.add(holder + " lacks " + lost.cardinality() + " acknowledged inserts of " + path + ": "
                            + keys(lost));
                }
            });
        }

        private List<String> keys(BitSet some) {
            return numbers.entrySet().stream().filter(key -> some.get(key.getValue())).map(Map.Entry::getKey).sorted()
                    .limit(10).toList();
        }
    }
}
