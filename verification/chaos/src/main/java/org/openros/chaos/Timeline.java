// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.openros.chaos.cluster.Workers;

/** What happened when, told as it happens, and kept for the report. Thread-safe. */
final class Timeline {
    private final PrintWriter out;
    private final LongSupplier clock;
    private final Map<String, String> roles = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    /**
     * An empty one.
     *
     * @param clock nanoseconds since the begin
     */
    Timeline(PrintWriter out, LongSupplier clock) {
        this.out = out;
        this.clock = clock;
    }

    /** Something happened. */
    synchronized void add(String what) {
        String line = String.format(Locale.ROOT, "%8.3f  %s", clock.getAsLong() / 1e9, what);
        lines.add(line);
        out.println(line);
        out.flush();
    }

    /** A worker has said how it sees itself. */
    synchronized void saw(Workers.View view) {
        if (!view.brief().equals(roles.put(view.node(), view.brief()))) {
            add(roles.entrySet().stream().map(node -> node.getKey() + " " + node.getValue())
                    .collect(Collectors.joining(", ")));
        }
    }

    /** All lines so far: seconds, then what happened. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
