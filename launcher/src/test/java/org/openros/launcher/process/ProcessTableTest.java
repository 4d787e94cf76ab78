// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.launcher.process.Vitals.Condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ProcessTableTest {
    private final ProcessTable table = new ProcessTable();
    private final List<ProcessIdentity> started = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void nothingOutlivesTheTest() throws IOException {
        for (ProcessIdentity process : started) {
            table.signal(process, Signal.KILL);
        }
    }

    private ProcessIdentity start(String... command) throws IOException {
        ProcessIdentity process =
                new DetachedProcess(List.of(command), Map.of("GREETING", "hello"), folder, folder.resolve("log"))
                        .start();
        started.add(process);
        return process;
    }

    private void awaitCondition(ProcessIdentity process, Condition condition) {
        await().atMost(60, TimeUnit.SECONDS)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .untilAsserted(() -> assertThat(table.look(process).condition()).isEqualTo(condition));
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    @Test
    void livingProcessIsRecognisedWithItsMemory() throws IOException {
        Vitals vitals = table.look(start("sleep", "60"));

        assertThat(vitals.condition()).isEqualTo(Condition.RUNNING);
        assertThat(vitals.memory()).isPositive();
    }

    @Test
    void processThatGotThePidLaterIsNotTaken() throws IOException {
        ProcessIdentity process = start("sleep", "60");
        ProcessIdentity earlier = new ProcessIdentity(process.pid(), process.started().minusSeconds(10));

        assertThat(table.look(earlier)).isEqualTo(Vitals.DEAD);
        assertThat(table.signal(earlier, Signal.KILL)).isFalse();
        assertThat(table.look(process).alive()).isTrue();
    }

    @Test
    void heldProcessIsPausedAndGoesOn() throws IOException {
        ProcessIdentity process = start("sleep", "60");

        assertThat(table.signal(process, Signal.STOP)).isTrue();
        awaitCondition(process, Condition.PAUSED);
        assertThat(table.signal(process, Signal.CONT)).isTrue();
        awaitCondition(process, Condition.RUNNING);
    }

    @Test
    void killedProcessIsDead() throws IOException {
        ProcessIdentity process = start("sleep", "60");

        assertThat(table.signal(process, Signal.KILL)).isTrue();
        awaitCondition(process, Condition.DEAD);
        assertThat(table.signal(process, Signal.TERM)).isFalse();
    }

    @Test
    void zombieIsDead() {
        assertThat(ProcessTable.ofProc("Name:\tjava\nState:\tZ (zombie)\nPid:\t7\n")).isEqualTo(Vitals.DEAD);
    }

    @Test
    void detachedProcessHasASessionOfItsOwnAndNoInput() throws IOException {
        ProcessIdentity process = start("sh", "-c", "cat; ps -o sid= -p $$; echo $GREETING from $PWD");

        awaitCondition(process, Condition.DEAD);
        assertThat(log().lines().map(String::strip))
                .containsExactly(Long.toString(process.pid()), "hello from " + folder.toRealPath());
    }

    @Test
    void programThatDoesNotExistEndsWithTheReasonInItsLog() throws IOException {
        ProcessIdentity process = start("/no/such/program");

        awaitCondition(process, Condition.DEAD);
        assertThat(log()).contains("/no/such/program");
    }
}
