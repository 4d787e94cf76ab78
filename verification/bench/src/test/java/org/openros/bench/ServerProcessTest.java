// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

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
        var before = new ServerProcess.Sample(0, 10, 200, 250, Optional.of(1.0), Optional.empty(), Optional.of(5.0));
        var after = new ServerProcess.Sample(
                2_000_000_000L, 13, 220, 250, Optional.of(5.0), Optional.of(9.0), Optional.of(205.0));

        assertThat(before.until(after))
                .containsExactly(
                        new Measurement.Figure("server CPU", 1.5, "cores"),
                        new Measurement.Figure("server RSS", 220, "MiB"),
                        new Measurement.Figure("server RSS growth", 20, "MiB"),
                        new Measurement.Figure("server disk writes", 2, "MiB/s"),
                        new Measurement.Figure("disk flushes of the machine", 100, "/s"));
    }

    @Test
    void processThatIsNotThereIsRefusedAtOnce() {
        assertThatThrownBy(() -> new ServerProcess(Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
    }
}
