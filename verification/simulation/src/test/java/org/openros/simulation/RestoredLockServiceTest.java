// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.NodeId;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lock service comes back from a backup of the same epoch, of when another node was the backup: the record names a
 * disk that lacks what was committed since, and no promise on any disk is above it (fault F4).
 */
class RestoredLockServiceTest {
    private static final int SEEDS = 20;
    private static final long LONG = 100 * Agenda.SECOND;

    /** What happens to a world in which all is well, with its master and its backup. */
    private interface Trouble {
        void strike(World world, NodeId master, NodeId backup);
    }

    @Test
    void nothingIsLostThoughTheFormerBackupWasThereAllTheTime() {
        assertNothingIsLost((world, master, backup) -> {
            cut(world, master, backup);
            restoreOnceReplaced(world, backup, master);
        });
    }

    @Test
    void nothingIsLostThoughTheFormerBackupIsTheOnlyOneThere() {
        assertNothingIsLost((world, master, backup) -> {
            cut(world, master, backup);
            NodeId third = world.names.stream()
                    .filter(name -> !name.equals(master) && !name.equals(backup)).findFirst().orElseThrow();
            restoreOnceReplaced(world, backup, master, third);
        });
    }

    @Test
    void nothingIsLostThoughTheFormerBackupWasAwayMeanwhile() {
        assertNothingIsLost((world, master, backup) -> {
            world.host(backup).kill(false);
            restoreOnceReplaced(world, backup, master);
            world.host(backup).start();
            world.agenda.runFor(10 * Agenda.SECOND);
        });
    }

    private static void assertNothingIsLost(Trouble trouble) {
        List<Outcome> bad = LongStream.iterate(1, seed -> seed + 1)
                .filter(seed -> new World(seed, null, false).names.size() == 3).limit(SEEDS)
                .mapToObj(seed -> Simulation.run(seed, new World(seed, null, false), world -> strike(trouble, world)))
                .filter(outcome -> !outcome.isGood()).toList();

        assertThat(bad.stream().map(Outcome::seed)).as(() -> SimulationTest.describe(bad.getFirst())).isEmpty();
    }

    private static void strike(Trouble trouble, World world) {
        NodeId master = Objects.requireNonNull(world.master()).name();
        NodeId backup = backupOf(world);
        world.agenda.runFor(5 * Agenda.SECOND);
        trouble.strike(world, master, backup);
    }

    private static NodeId backupOf(World world) {
        GroupRecord record = Objects.requireNonNull(world.lock.store.record);
        return record.nodes().stream().filter(node -> !node.equals(record.master())).findFirst().orElseThrow();
    }

    private static void cut(World world, NodeId one, NodeId other) {
        world.mischief.strike("cut-nodes", one + "<->" + other, false, LONG, () -> {
            world.network.cut(one.value(), other.value(), Network.Way.DROPPED);
            world.network.cut(other.value(), one.value(), Network.Way.DROPPED);
        }, () -> {
            world.network.mend(one.value(), other.value());
            world.network.mend(other.value(), one.value());
        });
    }

    /**
     * Another becomes backup; the lock service is down until nobody serves, and comes back as it was before. Others are
     * killed then, the master among them, so that the former backup is the only member that is there.
     */
    private static void restoreOnceReplaced(World world, NodeId evicted, NodeId... killed) {
        assertThat(world.agenda.until(20 * Agenda.SECOND, () -> !names(world.lock.store.record, evicted))).isTrue();
        GroupRecord newest = Objects.requireNonNull(world.lock.store.record);
        world.agenda.runFor(5 * Agenda.SECOND);
        world.mischief.strike("lock-service-restored", Network.LOCK, false, LONG,
                () -> world.lock.become(LockModel.Health.DOWN), () -> world.lock.become(LockModel.Health.WELL));
        world.agenda.runFor(20 * Agenda.SECOND);
        assertThat(world.master()).isNull();
        world.lockTampered =
                world.lock.restore(before -> before.epoch().equals(newest.epoch()) && names(before, evicted));
        assertThat(world.lockTampered).isTrue();
        List.of(killed).forEach(name -> world.host(name).kill(false));
        world.lock.become(LockModel.Health.WELL);
        world.agenda.runFor(5 * Agenda.SECOND);
    }

    private static boolean names(@Nullable GroupRecord record, NodeId node) {
        return record != null && record.nodes().contains(node);
    }
}
