// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;

import static org.assertj.core.api.Assertions.assertThat;

/** How many copies a group insists on, and which ones. */
class PolicyTest {
    private static final Duration SOON = Duration.ofSeconds(2);

    private static List<Alarm.Kind> alarms(TestNode node) {
        return node.state.status().alarms().stream().map(Alarm::kind).toList();
    }

    @Test
    void singleEditionServesAloneWithoutAlarms() {
        TestGroup group = new TestGroup("only");
        group.startAll();

        group.until(Duration.ofSeconds(1), () -> group.serving() != null);
        TestNode only = group.node("only");
        only.write("x");
        group.run(SOON);

        assertThat(only.committed).isEqualTo(2);
        assertThat(only.raised).isEmpty();
    }

    @Test
    void nodeThatIsLeftWithoutAnyMemberSaysThatNobodyCanBePromoted() {
        TestGroup group = TestGroup.started();
        TestNode spare = group.node("c");
        group.node("a").kill();
        group.node("b").kill();

        group.until(Duration.ofSeconds(40), () -> alarms(spare).contains(Alarm.Kind.NO_ELIGIBLE_NODE));
        group.start(new NodeId("b"));
        group.until(Duration.ofSeconds(10), () -> group.serving() != null);
        group.run(Duration.ofMillis(100));

        assertThat(alarms(spare)).doesNotContain(Alarm.Kind.NO_ELIGIBLE_NODE);
    }

    @Test
    void singleEditionServesAgainRightAfterItWasKilled() {
        TestGroup group = new TestGroup("only");
        group.startAll();
        group.until(Duration.ofSeconds(1), () -> group.serving() != null);
        group.node("only").kill();

        TestNode again = group.start(new NodeId("only"));
        group.until(Duration.ofSeconds(1), () -> again.serving != null);

        assertThat(again.serving).isEqualTo(new Epoch(2));
    }

    @Test
    void singleEditionConfirmsItsLeadershipAtOnce() {
        TestGroup group = new TestGroup("only");
        group.startAll();
        group.until(Duration.ofSeconds(1), () -> group.serving() != null);

        group.node("only").hear(now -> new Event.LeadershipAsked(now, 5));

        assertThat(group.node("only").confirmed).containsEntry(5L, true);
    }

    @Test
    void soloGoesOnAloneAfterItsGraceAndBackOnceThereAreTwo() {
        TestGroup group = new TestGroup("a", "b", "c");
        group.policy = NodeSettings.WhenBackupLost.SOLO;
        group.startAll();
        group.until(SOON, () -> group.serving() != null && group.node("c").state.status().role() == Role.SPARE);
        TestNode master = group.node("a");
        group.node("b").kill();
        group.node("c").kill();
        master.write("x");

        Duration gap = group.until(Duration.ofSeconds(32), () -> master.committed == 2);

        assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(group.members()).containsExactly("a");
        assertThat(alarms(master)).contains(Alarm.Kind.SOLO);
        group.start(new NodeId("b"));
        group.until(SOON, () -> group.members().equals(List.of("a", "b")));
        group.run(Duration.ofMillis(10));
        assertThat(alarms(master)).doesNotContain(Alarm.Kind.SOLO);
    }

    @Test
    void soloMasterConfirmsItsLeadershipByTheLockService() {
        TestGroup group = new TestGroup("a", "b");
        group.policy = NodeSettings.WhenBackupLost.SOLO;
        group.startAll();
        group.until(SOON, () -> group.serving() != null);
        group.node("b").kill();
        group.until(Duration.ofSeconds(40), () -> group.members().equals(List.of("a")));
        group.run(Duration.ofMillis(10));

        group.node("a").hear(now -> new Event.LeadershipAsked(now, 5));
        assertThat(group.node("a").confirmed).isEmpty();
        group.run(Duration.ofMillis(50));

        assertThat(group.node("a").confirmed).containsEntry(5L, true);
    }

    @Test
    void blockedUploadsRaiseAnAlarm() {
        TestGroup group = TestGroup.started();
        group.node("b").kill();
        group.node("c").kill();

        group.run(SOON);

        assertThat(alarms(group.node("a"))).contains(Alarm.Kind.UPLOADS_BLOCKED);
    }

    @Test
    void slowBackupIsReplacedOnceAndNotBack() {
        TestGroup group = TestGroup.started();
        group.node("b").diskDelay = 1_500_000_000;
        for (int i = 0; i < 3000; i++) {
            if (i % 5 == 0) {
                group.node("a").write("w" + i);
            }
            group.run(Duration.ofMillis(10));
        }

        assertThat(group.members()).containsExactly("a", "c");
        assertThat(group.lock.history).filteredOn(record -> record.reason().contains("slow")).hasSize(1);
    }

    @Test
    void backupsOfEqualPaceAreNotReplaced() {
        TestGroup group = TestGroup.started();
        group.nodes.values().forEach(node -> node.diskDelay = 800_000_000);
        for (int i = 0; i < 3000; i++) {
            if (i % 5 == 0) {
                group.node("a").write("w" + i);
            }
            group.run(Duration.ofMillis(10));
        }

        assertThat(group.lock.history).noneMatch(record -> record.reason().contains("slow"));
    }

    @Test
    void wipedSpareJoinsAsANewStore() {
        TestGroup group = TestGroup.started();
        group.node("c").kill();
        TestNode wiped = group.start(new NodeId("c"), new MemoryDisk(TestGroup.GROUP, new NodeId("c")));

        group.until(SOON, () -> wiped.state.status().role() == Role.SPARE);
        group.run(Duration.ofMillis(10));

        assertThat(wiped.disk.last()).isEqualTo(group.node("a").disk.last());
    }

    @Test
    void wipedBackupIsNoMemberAnyMore() {
        TestGroup group = TestGroup.started();
        group.node("b").kill();
        group.start(new NodeId("b"), new MemoryDisk(TestGroup.GROUP, new NodeId("b")));

        group.until(Duration.ofSeconds(3), () -> group.lock.history.getLast().reason().contains("lost"));
        group.node("a").write("x");
        group.until(SOON, () -> group.node("a").committed == 2);

        assertThat(group.lock.history.getLast().members()).noneMatch(member -> member.node().value().equals("b")
                && !member.store().equals(group.node("b").disk.store));
    }

    @Test
    void formatLevelIsRaisedOnlyWhenAllNodesReadIt() {
        TestGroup group = TestGroup.started();
        group.formatLevel = 2;
        for (String name : List.of("c", "b", "a")) {
            assertThat(group.lock.record).isNotNull().extracting(record -> record.formatLevel()).isEqualTo(1);
            group.node(name).kill();
            group.start(new NodeId(name));
            group.until(Duration.ofSeconds(5), () -> group.serving() != null && group.nodes.values().stream()
                    .allMatch(node -> node.state.status().inStep()));
        }

        group.until(Duration.ofSeconds(8), () -> group.lock.record != null && group.lock.record.formatLevel() == 2);
    }

    @Test
    void killedProcessIsRecognisedAsThisNodesOwnWhenItComesBackAtOnce() {
        TestGroup group = TestGroup.started();
        group.isolated.add(new NodeId("b"));
        group.isolated.add(new NodeId("c"));
        group.node("a").kill();

        TestNode again = group.start(new NodeId("a"));

        group.until(Duration.ofSeconds(3), () -> again.state.status().role() == Role.PROMOTING);
    }
}
