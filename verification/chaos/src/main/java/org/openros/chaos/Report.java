// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openros.history.Entry;
import org.openros.history.check.Violation;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of a run.
 *
 * @param timeline lines with seconds and what happened
 * @param gaps the longest time without an acknowledgement by fault
 * @param longestGap of all
 * @param acked changes that were acknowledged
 * @param resets errors that a failover should have kept from the clients
 * @param violations what the checkers found
 * @param troubles what did not happen in time
 */
record Report(
        List<String> timeline,
        Map<Entry.FaultBegan, Duration> gaps,
        Duration longestGap,
        long acked,
        List<Entry.Reset> resets,
        List<Violation> violations,
        List<String> troubles) {
    private static final int SHOWN = 20;

    boolean passed() {
        return resets.isEmpty() && violations.isEmpty() && troubles.isEmpty();
    }

    /** The gaps of each kind of fault in milliseconds, ascending. */
    private Map<String, List<Long>> byKind() {
        Map<String, List<Long>> kinds = new TreeMap<>();
        gaps.forEach((fault, gap) -> kinds.computeIfAbsent(fault.kind(), kind -> new ArrayList<>())
                .add(gap.toMillis()));
        kinds.values().forEach(all -> all.sort(null));
        return kinds;
    }

    void print(PrintWriter out, String replay, Path folder) {
        out.println();
        out.println("Longest time without any acknowledgement, ms");
        out.printf(Locale.ROOT, "  %-20s %6s %8s %8s%n", "fault", "count", "median", "worst");
        byKind().forEach((kind, all) ->
                out.printf(Locale.ROOT, "  %-20s %6d %8d %8d%n", kind, all.size(), all.get((all.size() - 1) / 2),
                        all.getLast()));
        out.println();
        out.println("acknowledged changes  " + acked);
        out.println("client resets         " + resets.size());
        out.println("violations            " + violations.size());
        resets.stream().limit(SHOWN).forEach(reset -> out.println("  " + reset));
        violations.stream().limit(SHOWN).forEach(violation -> out.println("  " + violation));
        troubles.forEach(trouble -> out.println("  " + trouble));
        out.println(passed() ? "PASSED" : "FAILED");
        out.println("history " + folder.resolve("history.jsonl") + "; again: " + replay);
        out.flush();
    }

    String json(long seed, String replay) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("passed", passed());
        all.put("seed", seed);
        all.put("replay", replay);
        all.put("acknowledged", acked);
        all.put("longestGapMillis", longestGap.toMillis());
        all.put("gapMillisByFault", byKind());
        all.put("resets", resets.stream().map(Entry.Reset::toString).toList());
        all.put("violations", violations.stream().map(Violation::toString).toList());
        all.put("troubles", troubles);
        all.put("timeline", timeline);
        return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(all);
    }
}
