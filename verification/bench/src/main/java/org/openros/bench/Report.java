// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The figures of one or more works, for people and for programs. */
final class Report {
    private static final String LINE = "%-78s %16s %22s %22s%n";

    private final List<Outcome> outcomes;

    /**
     * What came of a work.
     *
     * @param measurement null if it failed
     * @param failure null if it did not
     */
    private record Outcome(Row row, @Nullable Measurement measurement, @Nullable String failure) {}

    private Report(List<Outcome> outcomes) {
        this.outcomes = outcomes;
    }

    /** Does the works one after the other; a failed one does not keep the others from being done. */
    static Report of(List<Row> rows, Site.Options options, PrintWriter progress) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Row row : rows) {
            Outcome outcome = comparedWithDisk(run(row, options), outcomes);
            outcomes.add(outcome);
            progress.println(outcome.measurement == null ? "failed: " + outcome.failure : line(outcome.measurement));
        }
        return new Report(outcomes);
    }

    private static Outcome run(Row row, Site.Options options) throws InterruptedException {
        try {
            return new Outcome(row, row.work().run(options), null);
        } catch (LoadFailed e) {
            return new Outcome(row, null, row.work() + ": " + e.getMessage());
        }
    }

    /** Adds the ratios to what the disk does, if that was measured before. */
    private static Outcome comparedWithDisk(Outcome outcome, List<Outcome> before) {
        Measurement measurement = outcome.measurement;
        if (measurement == null || measurement.figure("rate").isEmpty()) {
            return outcome;
        }
        double rate = measurement.figure("rate").get().value();
        for (Measurement.Figure disk : diskFigures(before)) {
            measurement = measurement.with("ratio to " + disk.name(), rate / disk.value(), "");
        }
        return new Outcome(outcome.row, measurement, null);
    }

    private static List<Measurement.Figure> diskFigures(List<Outcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.row.work() instanceof DiskWork)
                .map(outcome -> outcome.measurement)
                .filter(Objects::nonNull)
                .flatMap(measurement -> measurement.figures().stream())
                .filter(figure -> figure.name().equals(DiskWork.FDATASYNC) || figure.name().equals(DiskWork.ROCKS))
                .toList();
    }

    private static String line(Measurement measurement) {
        return measurement.work() + "\n    "
                + measurement.figures().stream().map(Object::toString).collect(Collectors.joining("\n    "));
    }

    /** Whether every work has figures. */
    boolean isComplete() {
        return outcomes.stream().allMatch(outcome -> outcome.measurement != null);
    }

    /** Prints a table of the figures that have goals; the others were shown as progress. */
    void printText(PrintWriter out) {
        if (outcomes.stream().allMatch(outcome -> outcome.row.goals().isEmpty())) {
            return;
        }
        out.printf(LINE, "work", "measured", "reference", "target");
        for (Outcome outcome : outcomes) {
            for (Row.Goal goal : outcome.row.goals()) {
                String work = outcome.measurement == null ? "" + outcome.row.work() : outcome.measurement.work();
                out.printf(LINE, shortened(work) + ", " + goal.figure(), measured(outcome, goal), goal.reference(),
                        goal.target());
            }
        }
        out.flush();
    }

    private static String measured(Outcome outcome, Row.Goal goal) {
        return outcome.measurement == null
                ? "failed"
                : outcome.measurement
                        .figure(goal.figure())
                        .map(figure -> figure.toString().substring(figure.name().length() + 1))
                        .orElse("not measured");
    }

    private static String shortened(String work) {
        return work.replaceAll(", [0-9]+ B changesets", "");
    }

    void printJson(PrintWriter out) {
        List<Object> results = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            results.add(outcome.measurement != null ? outcome.measurement : new Failure("" + outcome.failure));
        }
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        out.println(mapper.writeValueAsString(results));
        out.flush();
    }

    private record Failure(String failure) {}
}
