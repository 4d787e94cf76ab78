// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tlc2.TLC;

/**
 * What TLC said about one configuration of the model.
 *
 * @param completed whether it saw all states and found no error
 * @param distinctStates how many it saw
 * @param refuted the invariant that some state breaks, if it found one
 * @param report file with all that it wrote, the counterexample included
 */
record ModelRun(boolean completed, long distinctStates, Optional<String> refuted, Path report) {
    private static final Pattern STATES = Pattern.compile("states generated, ([0-9]+) distinct states found, ");
    private static final Pattern REFUTED = Pattern.compile("Error: Invariant (\\w+) is violated");

    /** Memory and threads of a run, and how long it may take. */
    record Limits(int workers, String heap, Duration timeout) {}

    /**
     * Runs TLC in a process of its own, because it keeps its state in static fields.
     *
     * @param scratch for TLC's files; may stay full
     */
    static ModelRun of(ModelConfiguration configuration, Path scratch, Limits limits)
            throws IOException, InterruptedException {
        Path report = Files.createDirectories(Path.of("target", "model"))
                .resolve(configuration.name() + ".txt")
                .toAbsolutePath();
        Process process = new ProcessBuilder(command(configuration, scratch, limits))
                .directory(ModelConfiguration.FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(report.toFile())
                .start();
        try {
            if (!process.waitFor(limits.timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("TLC did not end within " + limits.timeout + ", see " + report);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return read(report);
    }

    private static List<String> command(ModelConfiguration configuration, Path scratch, Limits limits) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + limits.heap,
                "-XX:+UseParallelGC",
                "-XX:ParallelGCThreads=2",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                TLC.class.getProtectionDomain().getCodeSource().getLocation().getPath(),
                "tlc2.TLC",
                "-deadlock",
                "-nowarning",
                "-workers",
                Integer.toString(limits.workers),
                "-metadir",
                scratch.resolve(configuration.name()).toString(),
                "-config",
                configuration.file().toString(),
                "GroupOfThree.tla");
    }

    private static ModelRun read(Path report) throws IOException {
        String output = Files.readString(report);
        long states = STATES.matcher(output)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
        Optional<String> refuted = REFUTED.matcher(output).results().map(found -> found.group(1)).findFirst();
        boolean completed = output.contains("Model checking completed. No error has been found.");
        return new ModelRun(completed, states, refuted, report);
    }
}
