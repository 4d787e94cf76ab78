// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.process.ProcessIdentity;
import org.openros.launcher.process.Signal;
import org.openros.launcher.process.Vitals.Condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** With programs in place of the real ones, which are quick to start and do nothing. */
class ClusterTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] IDLE = {"sleep", "60"};

    @TempDir
    Path dir;

    private ClusterFolder folder;
    private List<String> command = List.of(IDLE);
    private Cluster cluster;

    @BeforeEach
    void create() {
        folder = new ClusterFolder(dir);
        folder.create(new ClusterState(ClusterState.VERSION, "127.0.0.1", 1, "512m", null,
                Topology.of(9080, 1, new AtomicInteger(20_000)::incrementAndGet)));
        cluster = again();
    }

    @AfterEach
    void nothingOutlivesTheTest() {
        for (Part part : cluster.state().processes()) {
            if (cluster.look(part).alive()) {
                cluster.signal(part, Signal.KILL);
            }
        }
    }

    /** What the next command sees. */
    private Cluster again() {
        return new Cluster(new ClusterFolder(dir), (part, state, where) -> command);
    }

    private Part part(String name) {
        return again().state().part(name);
    }

    private void kill(String name) {
        cluster.signal(part(name), Signal.KILL);
        await().atMost(PATIENCE)
                .pollInterval(10, TimeUnit.MILLISECONDS)
                .until(() -> !cluster.look(part(name)).alive());
    }

    @Test
    void laterCommandFindsTheProcessAgain() {
        assertThat(cluster.launch("worker-1")).isTrue();

        assertThat(again().look(part("worker-1")).condition()).isEqualTo(Condition.RUNNING);
        assertThat(part("worker-1").command()).containsExactly(IDLE);
        assertThat(again().dead(again().state())).extracting(Part::name)
                .contains("worker-2")
                .doesNotContain("worker-1");
    }

    @Test
    void processThatLivesIsNotStartedTwice() {
        cluster.launch("worker-1");
        ProcessIdentity first = part("worker-1").process();

        assertThat(again().launch("worker-1")).isFalse();
        assertThat(part("worker-1").process()).isEqualTo(first);
    }

    @Test
    void killedProcessIsDeadAndIsStartedAgainWithItsPorts() {
        cluster.launch("worker-1");
        Part before = part("worker-1");
        kill("worker-1");

        assertThat(again().launch("worker-1")).isTrue();
        assertThat(part("worker-1").process()).isNotEqualTo(before.process());
        assertThat(part("worker-1").ports()).isEqualTo(before.ports());
    }

    @Test
    void pidThatWasGivenOutAgainIsNeitherAliveNorSignalled() {
        cluster.launch("worker-1");
        ProcessIdentity alien = Objects.requireNonNull(part("worker-1").process());
        folder.update(state -> state.with(state.part("worker-2")
                .startedAs(new ProcessIdentity(alien.pid(), alien.started().minusSeconds(60)), List.of(IDLE))));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> again().signal(part("worker-2"), Signal.KILL))
                .withMessageContaining("worker-2 does not run")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNAVAILABLE));
        assertThat(again().look(part("worker-2")).alive()).isFalse();
        assertThat(again().look(part("worker-1")).alive()).isTrue();
    }

    @Test
    void stopEndsPausedProcessesToo() throws InterruptedException {
        cluster.launch("worker-1");
        cluster.signal(part("worker-1"), Signal.STOP);

        assertThat(again().stop(List.of(part("worker-1")), PATIENCE)).isEmpty();
        assertThat(part("worker-1").process()).isNull();
    }

    @Test
    void processThatDoesNotListenIsKilledInTheEnd() throws InterruptedException, IOException {
        Path deaf = dir.resolve("deaf");
        command = List.of("sh", "-c", "trap '' TERM; touch " + deaf + "; while :; do sleep 0.05; done");
        cluster.launch("worker-1");
        await().atMost(PATIENCE).pollInterval(10, TimeUnit.MILLISECONDS).until(() -> Files.exists(deaf));

        List<String> lines = new ArrayList<>();
        new Shutdown(again(), lines::add, Duration.ofMillis(200)).stop(again().state().processes());

        assertThat(lines).containsExactly("stopping worker-1", "worker-1 did not stop within 0 s and was killed");
        assertThat(part("worker-1").process()).isNull();
    }

    @Test
    void startThatFailsSaysWhyAndCanBeTakenBack() throws InterruptedException {
        command = List.of("sh", "-c", "echo no such luck; exit 3");
        Bootstrap bootstrap = new Bootstrap(cluster, line -> {}, PATIENCE);

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bootstrap.start(List.of(part("worker-1"))))
                .withMessageContainingAll("worker-1 has ended", "no such luck", "worker-1.log");
        bootstrap.breakOff();
        assertThat(part("worker-1").process()).isNull();
    }

    @Test
    void statusTellsWhyAProcessHasEndedByItself() {
        command = List.of("sh", "-c", "echo starting; echo ros: no such luck; exit 3");
        cluster.launch("worker-1");
        command = List.of("sh", "-c", "echo ros: no such luck; echo at work");
        cluster.launch("worker-2");
        for (String name : List.of("worker-1", "worker-2")) {
            await().atMost(PATIENCE).until(() -> !cluster.look(part(name)).alive());
        }

        assertThat(new Survey(again()).take().processes())
                .filteredOn(part -> part.kind() == Kind.WORKER)
                .extracting(PartStatus::problem)
                .containsExactly("no such luck", "dead", "stopped");
    }

    @Test
    void brokenOffStartLeavesNothingBehindAndStartsNothingMore() throws InterruptedException {
        cluster.launch("core-1");
        Bootstrap bootstrap = new Bootstrap(again(), line -> {}, Duration.ofMillis(100));
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bootstrap.start(List.of(part("worker-1"))))
                .withMessageContaining("not ready in time");
        bootstrap.breakOff();

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> bootstrap.start(List.of(part("worker-2"))))
                .withMessageStartingWith("broken off");
        assertThat(again().look(part("worker-1")).alive()).isFalse();
        assertThat(again().look(part("worker-2")).alive()).isFalse();
        assertThat(again().look(part("core-1")).alive()).as("was there before").isTrue();
    }

    @Test
    void fileOfAnotherVersionIsNotTouched(@TempDir Path other) throws IOException {
        Path file = other.resolve("cluster.json");
        String json = Files.readString(dir.resolve("cluster.json"));
        Files.writeString(file, json.replace("\"version\" : 1", "\"version\" : 99"));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> new ClusterFolder(other).existing())
                .withMessageContainingAll(file.toString(), "--dir")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.DATA));
    }
}
