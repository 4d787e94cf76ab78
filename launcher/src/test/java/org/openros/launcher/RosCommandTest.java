// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class RosCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path temporary;

    private int run(String... arguments) {
        CommandLine command = RosCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }

    @Test
    void helpNamesTheCommandsAndExitCodes() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("start", "bench", "version", "Exit codes:").doesNotContain("rehearse");
    }

    @Test
    void startHelpNamesTheOptionsWithTheirDefaults() {
        assertThat(run("start", "--help")).isZero();
        assertThat(out.toString()).contains("--port", "9080", "--host", "0.0.0.0", "--data", "./data", "--app");
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("version")).isZero();
        assertThat(out.toString().strip()).startsWith("OpenROS ").hasLineCount(1);
    }

    @Test
    void wrongArgumentsAreUsageErrors() {
        assertThat(run("start", "--port", "70000")).isEqualTo(2);
        assertThat(run("start", "--port", "x")).isEqualTo(2);
        assertThat(run("start", "--app", "not an id")).isEqualTo(2);
        assertThat(run("stop")).isEqualTo(2);
    }

    @Test
    void failureIsOneLineThatSaysWhatToDo() throws Exception {
        Path file = Files.createFile(temporary.resolve("data"));

        assertThat(run("start", "--port", "0", "--data", file.toString())).isEqualTo(4);
        assertThat(err.toString().strip()).startsWith("ros: ").contains("--data").hasLineCount(1);
    }
}
