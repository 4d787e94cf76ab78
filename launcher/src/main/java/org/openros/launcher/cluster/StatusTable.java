// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of a cluster as people read it. */
final class StatusTable {
    private static final List<String> HEADING = List.of(
            "NAME", "PID", "STATE", "ROLE", "GROUP", "EPOCH", "COMMITTED", "LAG", "MEMORY", "PORTS");
    private static final long MEBIBYTE = 1 << 20;

    private StatusTable() {}

    /** One line for each process, and what there is to say of those that are not ready. */
    static String of(ClusterStatus status) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADING);
        status.processes().forEach(part -> rows.add(row(part)));
        String table = rows.stream().map(row -> line(row, widths(rows))).collect(Collectors.joining("\n"));
        return table + "\n\n" + "The cluster is " + status.state()
                + (status.ready() ? ", clients are served at " + String.join(" and ", status.urls()) : "")
                + problems(status);
    }

    private static List<String> row(PartStatus part) {
        return List.of(
                part.name(),
                text(part.pid()),
                part.state(),
                text(part.role()),
                text(part.group()),
                text(part.epoch()),
                text(part.committed()),
                text(part.lag()),
                part.memory() == 0 ? "-" : part.memory() / MEBIBYTE + " MiB",
                part.ports().entrySet().stream()
                        .map(port -> port.getKey() + "=" + port.getValue())
                        .collect(Collectors.joining(" ")));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[HEADING.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
        }
        return line.toString().stripTrailing();
    }

    private static String problems(ClusterStatus status) {
        return status.processes().stream()
                .filter(part -> !part.ready() && part.problem() != null && !part.problem().equals(part.state()))
                .map(part -> "\n" + part.name() + ": " + part.problem())
                .collect(Collectors.joining());
    }
}
