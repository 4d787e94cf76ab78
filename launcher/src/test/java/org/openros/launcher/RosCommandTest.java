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
        assertThat(out.toString()).contains("start", "cluster", "bench", "version", "Exit codes:")
                .doesNotContain("rehearse", "run ");
    }

    @Test
    void startHelpNamesTheOptionsWithTheirDefaults() {
        assertThat(run("start", "--help")).isZero();
        assertThat(out.toString()).contains("--port", "9080", "--host", "0.0.0.0", "--data", "./data", "--app", "--config");
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
        assertThat(run("start", "--config", temporary.toString())).isEqualTo(2);
        assertThat(run("cluster", "start", "--dir", temporary.toString(), "--config", temporary.toString()))
                .isEqualTo(2);
        assertThat(temporary).isEmptyDirectory();
        assertThat(run("stop")).isEqualTo(2);
    }

    @Test
    void failureIsOneLineThatSaysWhatToDo() throws Exception {
        Path file = Files.createFile(temporary.resolve("data"));

        assertThat(run("start", "--port", "0", "--data", file.toString())).isEqualTo(4);
        assertThat(err.toString().strip()).startsWith("ros: ").contains("--data").hasLineCount(1);
    }

    @Test
    void everyCommandOfClustersHasHelp() {
        for (String command : new String[] {"start", "status", "kill", "pause", "resume", "restart", "stop"}) {
            assertThat(run("cluster", command, "--help")).as(command).isZero();
        }
        assertThat(out.toString()).contains("--dir", "--json", "--dead", "--group", "consul-leader", "SIGSTOP");
    }

    @Test
    void wrongArgumentsOfClustersAreUsageErrors() {
        assertThat(run("cluster", "start", "--port", "65535")).isEqualTo(2);
        assertThat(run("cluster", "start", "--groups", "0")).isEqualTo(2);
        assertThat(run("cluster", "start", "--worker-heap", "much")).isEqualTo(2);
        assertThat(run("cluster", "kill")).isEqualTo(2);
        assertThat(run("cluster", "restart")).isEqualTo(2);
        assertThat(run("cluster", "restart", "worker-1", "--dead")).isEqualTo(2);
    }

    @Test
    void folderWithoutAClusterIsNamed() {
        assertThat(run("cluster", "status", "--dir", temporary.toString())).isEqualTo(4);
        assertThat(run("cluster", "stop", "--dir", temporary.toString())).isEqualTo(4);
        assertThat(err.toString()).contains("there is no cluster in " + temporary, "ros cluster start").hasLineCount(2);
    }
}
