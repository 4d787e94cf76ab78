// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@EnabledOnOs(OS.LINUX)
class ServerProcessTest {
    @Test
    void ownProcessHasUsedTimeAndMemory() throws Exception {
        ServerProcess process = new ServerProcess(ProcessHandle.current().pid());

        ServerProcess.Sample sample = process.sample();

        assertThat(sample.cpuSeconds()).isPositive();
        assertThat(sample.residentMiB()).isBetween(10.0, sample.peakMiB());
    }

    @Test
    void figuresAreTheDifferenceOfTwoSamples() {
        var before = new ServerProcess.Sample(0, 10, 200, 250, Optional.empty(), Optional.of(new MachineDisks(1, 5)));
        var after = new ServerProcess.Sample(
                2_000_000_000L, 13, 220, 250, Optional.of(9.0), Optional.of(new MachineDisks(5, 205)));

        assertThat(before.until(after))
                .containsExactly(
                        new Measurement.Figure("server CPU", 1.5, "cores"),
                        new Measurement.Figure("server RSS", 220, "MiB"),
                        new Measurement.Figure("server RSS growth", 20, "MiB"),
                        new Measurement.Figure("disk writes of the machine", 2, "MiB/s"),
                        new Measurement.Figure("disk flushes of the machine", 100, "/s"));
    }

    @Test
    void partitionsDoNotCountTheWritesOfTheirDiskAgain() {
        List<String> lines = List.of(
                " 254 0 vda 1 0 8 1 7 0 4096 1 0 1 1 0 0 0 0 30 2", " 254 1 vda1 1 0 8 1 7 0 4096 1 0 1 1 0 0 0 0 0 0");

        assertThat(MachineDisks.of(lines, "vda"::equals)).isEqualTo(new MachineDisks(2, 30));
    }

    @Test
    void processThatIsNotThereIsRefusedAtOnce() {
        assertThatThrownBy(() -> new ServerProcess(Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }
}
