// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.openros.history.Entry;
import org.openros.history.Holder;
import org.openros.history.Operation;

/** The objects and counters of one realm with somebody. */
final class Content {
    private final TreeSet<String> keys = new TreeSet<>();
    private final TreeMap<String, Long> counters = new TreeMap<>();

    void apply(Operation operation) {
        switch (operation) {
            case Operation.Insert insert -> keys.add(insert.key());
            case Operation.Increment increment -> counters.merge(increment.counter(), increment.by(), Long::sum);
        }
    }

    String hash() {
        return Integer.toHexString(31 * keys.hashCode() + counters.hashCode());
    }

    void record(Recorder recorder, long at, Holder holder, String realm) {
        List<String> all = new ArrayList<>(keys);
        for (int from = 0; from < all.size() || from == 0; from += Entry.FinalContent.MOST) {
            List<String> part = all.subList(from, Math.min(all.size(), from + Entry.FinalContent.MOST));
            recorder.add(new Entry.FinalContent(at, holder, realm, part, from == 0 ? counters : Map.of()));
        }
    }
}
