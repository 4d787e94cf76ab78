// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Linux says about the server's process. */
final class ServerProcess {
    private static final double TICKS_PER_SECOND = 100;

    private final Path folder;

    ServerProcess(long pid) {
        folder = Path.of("/proc", Long.toString(pid));
        if (!Files.isReadable(folder.resolve("stat"))) {
            throw new IllegalArgumentException("there is no process " + pid + " in /proc");
        }
    }

    /**
     * The state at a moment.
     *
     * @param cpuSeconds user and system time since the start
     * @param residentMiB memory that is in RAM
     * @param peakMiB the most that was in RAM since {@link #resetPeak}, or since the start if that is not allowed
     * @param writeCalls system calls that wrote to files or sockets; empty if only the owner may know
     * @param disks of the machine, whoever used them; empty if there is no such file
     */
    record Sample(
            long nanoTime,
            double cpuSeconds,
            double residentMiB,
            double peakMiB,
            Optional<Double> writeCalls,
            Optional<MachineDisks> disks) {
        /** What happened up to a later sample. */
        List<Measurement.Figure> until(Sample later) {
            double seconds = (later.nanoTime - nanoTime) / 1e9;
            List<Measurement.Figure> figures = new ArrayList<>();
            figures.add(new Measurement.Figure("server CPU", (later.cpuSeconds - cpuSeconds) / seconds, "cores"));
            figures.add(new Measurement.Figure("server RSS", later.residentMiB, "MiB"));
            figures.add(new Measurement.Figure("server RSS growth", later.residentMiB - residentMiB, "MiB"));
            rate("server write calls", writeCalls, later.writeCalls, seconds, "/s").ifPresent(figures::add);
            if (disks.isPresent() && later.disks.isPresent()) {
                figures.addAll(disks.get().until(later.disks.get(), seconds));
            }
            return figures;
        }

        private static Optional<Measurement.Figure> rate(
                String name, Optional<Double> before, Optional<Double> after, double seconds, String unit) {
            return before.isEmpty() || after.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Measurement.Figure(name, (after.get() - before.get()) / seconds, unit));
        }
    }

    /** Takes a sample; fails if the process has ended. */
    Sample sample() throws IOException {
        // The name of the program may have spaces and parentheses; behind it the fields are plain.
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        return new Sample(
                System.nanoTime(),
                cpu,
                memory("VmRSS:"),
                memory("VmHWM:"),
                number("io", "syscw:"),
                MachineDisks.now());
    }

    /** Forgets the peak of memory; does nothing if only the owner of the process may. */
    void resetPeak() {
        try {
            Files.writeString(folder.resolve("clear_refs"), "5");
        } catch (IOException e) {
            // The peak then includes what was before, so it is never too small.
        }
    }

    private double memory(String key) throws IOException {
        return number("status", key).orElseThrow(() -> new IOException("the server has ended")) / 1024;
    }

    private Optional<Double> number(String file, String key) {
        try {
            return Files.readAllLines(folder.resolve(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> Double.parseDouble(line.substring(key.length()).strip().split(" ")[0]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
