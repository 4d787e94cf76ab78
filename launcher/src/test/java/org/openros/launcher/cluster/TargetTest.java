// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TargetTest {
    private static final ClusterState STATE = new ClusterState(ClusterState.VERSION, "127.0.0.1", 2, "512m", null,
            Topology.of(9080, 2, new AtomicInteger(20_000)::incrementAndGet));
    private static final Supplier<ClusterStatus> UNASKED = () -> {
        throw new AssertionError("the status was asked for");
    };

    private static ClusterStatus status(PartStatus... parts) {
        return ClusterStatus.of("/cluster", List.of("http://127.0.0.1:9080"), List.of(parts));
    }

    private static PartStatus process(String name, @Nullable String role, long epoch) {
        Part part = STATE.part(name);
        return new PartStatus(name, part.kind(), role == null ? "paused" : "running", 7L, 1, true, null, role,
                part.group(),
                epoch, 0L, 0L, part.ports());
    }

    @Test
    void nameIsItselfWithoutALookAtTheProcesses() {
        assertThat(new Target("worker-2", null).resolve(STATE, UNASKED)).isEqualTo("worker-2");
    }

    @Test
    void unknownNameIsAMistakeOfTheCommandLineThatNamesWhatThereIs() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> new Target("worker-9", null).resolve(STATE, UNASKED))
                .withMessageContainingAll("worker-9", "worker-6", "gateway-1")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE));
    }

    @Test
    void roleIsLookedUpInItsGroup() {
        ClusterStatus status = status(
                process("worker-1", "backup", 3), process("worker-2", "master", 3),
                process("worker-4", "master", 8), process("worker-6", "backup", 8));

        assertThat(new Target("master", null).resolve(STATE, () -> status)).isEqualTo("worker-2");
        assertThat(new Target("master", "group-2").resolve(STATE, () -> status)).isEqualTo("worker-4");
        assertThat(new Target("backup", "group-2").resolve(STATE, () -> status)).isEqualTo("worker-6");
    }

    @Test
    void masterOfAnOlderEpochIsNotTheMaster() {
        ClusterStatus status = status(process("worker-1", "master", 3), process("worker-2", "master", 4));

        assertThat(new Target("master", null).resolve(STATE, () -> status)).isEqualTo("worker-2");
    }

    @Test
    void roleThatNobodyHasIsExplained() {
        ClusterStatus status = status(process("worker-1", null, 3), process("worker-2", "backup", 3));

        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> new Target("master", null).resolve(STATE, () -> status))
                .withMessageContainingAll("worker-1 is paused", "worker-2 backup", "try again")
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNAVAILABLE));
    }

    @Test
    void groupThatIsNotThereIsNamed() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> new Target("master", "group-3").resolve(STATE, UNASKED))
                .withMessageContainingAll("group-3", "default, group-2");
    }

    @Test
    void leaderOfConsulHasAName() {
        ClusterStatus status = status(process("consul-1", "follower", 0), process("consul-3", "leader", 0));

        assertThat(new Target("consul-leader", null).resolve(STATE, () -> status)).isEqualTo("consul-3");
    }
}
