// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.NodeId;
import org.openros.replication.Status;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;
import org.openros.storage.StateHash;
import org.openros.worker.realm.RealmChange;

import static org.assertj.core.api.Assertions.assertThat;

/** Three nodes with real disks and connections. */
final class GroupOfThreeTest {
    @TempDir
    private Path folder;

    private TestGroup group;

    @BeforeEach
    void start() {
        group = new TestGroup(folder, "a", "b", "c").startAll();
        group.createSchema();
    }

    @AfterEach
    void stop() {
        group.close();
    }

    @Test
    void firstStartMakesMasterBackupAndSpare() {
        String master = group.awaitMaster();
        String backup = group.withRole(Role.BACKUP);
        assertThat(group.withRole(Role.SPARE)).isEqualTo("c");
        Status status = group.running(master).node().status();
        assertThat(status.required()).containsExactlyInAnyOrder(new NodeId(master), new NodeId(backup));
    }

    @Test
    void acknowledgedEntriesAreOnTheBackupsDisk() {
        String backup = group.withRole(Role.BACKUP);
        group.write(1);
        long committed = group.running(group.awaitMaster()).node().status().commitSeq();
        assertThat(group.running(backup).store().last().seq()).isGreaterThanOrEqualTo(committed);
    }

    @Test
    void backupTakesOverFromKilledMasterWithEverything() throws Exception {
        group.withRole(Role.BACKUP);
        group.write(1);
        String first = group.awaitMaster();
        group.kill(first);
        String second = group.awaitMaster();
        assertThat(second).isNotEqualTo(first);
        assertThat(group.has(1)).isTrue();
        group.write(2);
        assertThat(group.has(2)).isTrue();
    }

    @Test
    void purgedRealmIsGoneOnAllNodesAndForTheNextMaster() throws Exception {
        group.withRole(Role.BACKUP);
        for (int i = 1; i <= 100; i++) {
            group.write(i);
        }
        String first = group.awaitMaster();
        CompletableFuture<RealmChange.Outcome> outcome = new CompletableFuture<>();
        Objects.requireNonNull(group.running(first).node().reigns().present())
                .realms()
                .change(TestGroup.REALM, new RealmChange.Purge(false), outcome::complete);
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(RealmChange.Outcome.Done.class);
        assertSameState("a", "b", "c");
        group.kill(first);
        assertThat(Objects.requireNonNull(group.running(group.awaitMaster()).node().reigns().present())
                        .realms()
                        .status(TestGroup.REALM)
                        .size()
                        .storedBytes())
                .isZero();
    }

    @Test
    void killedMasterRejoinsAndHoldsTheSame() throws Exception {
        group.withRole(Role.BACKUP);
        group.write(1);
        String first = group.awaitMaster();
        group.kill(first);
        group.write(2);
        group.start(first);
        Awaitility.await()
                .until(() -> List.of(Role.SPARE, Role.BACKUP)
                        .contains(group.running(first).node().status().role()));
        group.write(3);
        assertSameState("a", "b", "c");
    }

    @Test
    void wipedNodeTakesACheckpointOnceTheLogIsGone() throws Exception {
        group.withRole(Role.BACKUP);
        String spare = group.withRole(Role.SPARE);
        group.kill(spare);
        group.wipe(spare);
        String master = group.awaitMaster();
        for (int id = 1; group.running(master).store().tail().has(0); id++) {
            group.writeLarge(id);
        }
        group.start(spare);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> group.running(spare).node().status().inStep());
        assertSameState("a", "b", "c");
    }

    @Test
    void pausedGroupLosesItsMasterWithoutATakeover() throws Exception {
        String backup = group.withRole(Role.BACKUP);
        String master = group.awaitMaster();
        order(backup, new Order.Pause());
        group.kill(master);
        Awaitility.await()
                .during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .until(() -> group.running(backup).node().reigns().present() == null);
        order(backup, new Order.Resume());
        assertThat(group.awaitMaster()).isNotEqualTo(master);
    }

    @Test
    void masterThatCannotUnlockIsReplacedWhileItsSessionIsStillAlive() throws Exception {
        String backup = group.withRole(Role.BACKUP);
        String master = group.awaitMaster();
        group.write(1);
        group.cutLockService(master, true);
        // It has 3 s to find its lock, and its session has 10 s.
        group.running(master).node().doubt();
        Awaitility.await()
                .atMost(Duration.ofSeconds(9))
                .until(() -> group.running(backup).node().reigns().present() != null);
        assertThat(group.running(master).node().reigns().present()).isNull();
        group.write(2);
        group.cutLockService(master, false);
        group.awaitRole(master, Role.SPARE);
        assertSameState("a", "b", "c");
    }

    @Test
    void backupThatStopsIsReplacedBeforeItEnds() {
        String backup = group.withRole(Role.BACKUP);
        String spare = group.withRole(Role.SPARE);
        String master = group.awaitMaster();
        group.stop(backup);
        assertThat(group.running(master).node().status().required())
                .containsExactlyInAnyOrder(new NodeId(master), new NodeId(spare));
    }

    @Test
    void operatorHandsOverToTheBackup() throws Exception {
        String backup = group.withRole(Role.BACKUP);
        String master = group.awaitMaster();
        OrderAnswer answer = order(master, new Order.StepDown("maintenance"));
        assertThat(answer).isInstanceOf(OrderAnswer.Done.class);
        Awaitility.await().until(() -> group.running(backup).node().reigns().present() != null);
        assertThat(group.running(master).node().reigns().present()).isNull();
    }

    @Test
    void nodesAreComparedWhileTheyAreAtWork() throws Exception {
        group.withRole(Role.BACKUP);
        group.withRole(Role.SPARE);
        AtomicBoolean enough = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int id = 1; !enough.get(); id++) {
                group.write(id);
            }
        });
        long seq = group.running(group.awaitMaster()).node().status().commitSeq() + 20;
        try {
            List<String> hashes = new ArrayList<>();
            for (CompletableFuture<StateHash> hash : List.of("a", "b", "c").stream()
                    .map(node -> group.running(node).node().stateHash(seq))
                    .toList()) {
                hashes.add(hash.get(20, TimeUnit.SECONDS).sha256());
            }
            assertThat(hashes.stream().distinct()).hasSize(1);
        } finally {
            enough.set(true);
            writer.join();
        }
    }

    private OrderAnswer order(String node, Order order) throws Exception {
        return group.running(node).node().order(order).get(20, TimeUnit.SECONDS);
    }

    @Test
    void stoppedMasterHandsOverBeforeItEnds() throws Exception {
        group.withRole(Role.BACKUP);
        group.write(1);
        String first = group.awaitMaster();
        group.stop(first);
        assertThat(group.awaitMaster()).isNotEqualTo(first);
        assertThat(group.has(1)).isTrue();
    }

    /** At the newest entry that the master has committed. */
    private void assertSameState(String... nodes) {
        long seq = group.running(group.awaitMaster()).node().status().commitSeq();
        Awaitility.await().untilAsserted(() -> {
            for (String node : nodes) {
                assertThat(group.running(node).store().applied().seq()).isEqualTo(seq);
            }
        });
        List<String> hashes = List.of(nodes).stream()
                .map(node -> group.running(node).node().stateHash(seq).join().sha256())
                .distinct()
                .toList();
        assertThat(hashes).hasSize(1);
    }
}
