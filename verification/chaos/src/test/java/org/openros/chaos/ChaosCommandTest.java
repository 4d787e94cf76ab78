// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.openros.chaos.fault.FaultKind;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosCommandTest {
    private final StringWriter output = new StringWriter();

    private int execute(String... args) {
        PrintWriter writer = new PrintWriter(output);
        return new CommandLine(new ChaosCommand()).setOut(writer).setErr(writer).execute(args);
    }

    @Test
    void helpNamesEveryFault() {
        assertThat(execute("--help")).isZero();

        for (FaultKind kind : FaultKind.values()) {
            assertThat(output.toString().replaceAll("\\s+", "")).contains(kind.toString());
        }
    }

    @Test
    void unknownFaultIsWrongUsage() {
        assertThat(execute("--faults", "kill-master,earthquake")).isEqualTo(2);

        assertThat(output.toString()).contains("no fault is called earthquake");
    }

    @Test
    void runWithoutTimeOrClientsIsWrongUsage() {
        assertThat(execute("--minutes", "0")).isEqualTo(2);
        assertThat(execute("--clients", "0", "--stock", "0")).isEqualTo(2);
    }
}
