// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the disks of a Linux machine have done since its start, for whichever program. The bytes that the kernel charges
 * to a process are no substitute: it charges the whole of a large page of its cache for a few bytes written into it.
 *
 * @param writtenMiB what reached the devices
 * @param flushes which is what syncs of files end in, unless the kernel puts several into one
 */
record MachineDisks(double writtenMiB, double flushes) {
    private static final int NAME = 2;
    private static final int SECTORS_WRITTEN = 9;
    private static final int FLUSHES = 18;
    private static final double SECTORS_PER_MIB = 2048;

    /** The state now; empty if this is not Linux. */
    static Optional<MachineDisks> now() {
        try {
            return Optional.of(of(Files.readAllLines(Path.of("/proc/diskstats")), MachineDisks::isDisk));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Sums up lines of {@code /proc/diskstats}. */
    static MachineDisks of(List<String> lines, Predicate<String> isDisk) {
        double sectors = 0;
        double flushes = 0;
        for (String line : lines) {
            String[] fields = line.strip().split(" +");
            if (fields.length > FLUSHES && isDisk.test(fields[NAME])) {
                sectors += Double.parseDouble(fields[SECTORS_WRITTEN]);
                flushes += Double.parseDouble(fields[FLUSHES]);
            }
        }
        return new MachineDisks(sectors / SECTORS_PER_MIB, flushes);
    }

    /** Hardware only: partitions and stacked devices would count the same write again. */
    private static boolean isDisk(String name) {
        return Files.exists(Path.of("/sys/block", name, "device"));
    }

    /** What happened up to a later state. */
    List<Measurement.Figure> until(MachineDisks later, double seconds) {
        double writes = (later.writtenMiB - writtenMiB) / seconds;
        return List.of(
                new Measurement.Figure("disk writes of the machine", writes, "MiB/s"),
                new Measurement.Figure("disk flushes of the machine", (later.flushes - flushes) / seconds, "/s"));
    }
}
