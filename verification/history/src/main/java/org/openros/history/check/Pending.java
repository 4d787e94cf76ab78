// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;

/** The changes that were sent and not acknowledged yet, by author in order. */
final class Pending {
    private final Map<Author, Deque<Entry.Sent>> sent = new HashMap<>();

    void sent(Entry.Sent entry) {
        sent.computeIfAbsent(new Author(entry.client(), entry.realm()), author -> new ArrayDeque<>()).add(entry);
    }

    /** Takes out what the acknowledgement covers. */
    List<Entry.Sent> acked(Entry.Acked entry) {
        Deque<Entry.Sent> waiting = sent.getOrDefault(new Author(entry.client(), entry.realm()), new ArrayDeque<>());
        List<Entry.Sent> covered = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().change() <= entry.change()) {
            covered.add(waiting.removeFirst());
        }
        return covered;
    }

    /** What was never acknowledged. */
    List<Entry.Sent> left() {
        return sent.values().stream().flatMap(Deque::stream).toList();
    }
}
