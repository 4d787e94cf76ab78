// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Stops processes kind after kind, those that others need last.
 *
 * @param progress gets lines for people
 * @param patience for each step; what is there after it is killed
 */
record Shutdown(Cluster cluster, Consumer<String> progress, Duration patience) {
    private static final List<Set<Kind>> STEPS = List.of(
            EnumSet.of(Kind.GATEWAY, Kind.CORE),
            EnumSet.of(Kind.WORKER),
            EnumSet.of(Kind.AGENT),
            EnumSet.of(Kind.CONSUL));

    void stop(List<Part> parts) throws InterruptedException {
        for (Set<Kind> step : STEPS) {
            List<Part> due = parts.stream()
                    .filter(part -> step.contains(part.kind()))
                    .filter(part -> part.process() != null)
                    .toList();
            if (!due.isEmpty()) {
                progress.accept("stopping " + String.join(", ", due.stream().map(Part::name).toList()));
                cluster.stop(due, patience).forEach(part ->
                        progress.accept(part.name() + " did not stop within " + patience.toSeconds() + " s and was "
                                + "killed"));
            }
        }
    }
}
