// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/** The flows of the group protocol, with three machines. */
class GroupOfThreeTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private final TestGroup group = TestGroup.started();

    private TestNode master() {
        return Objects.requireNonNull(group.serving(), () -> "nobody serves: " + group.describe());
    }

    private void write(String content) {
        TestNode master = master();
        master.write(content);
        long seq = master.disk.last().seq();
        group.until(SOON, () -> master.committed >= seq);
    }

    private Duration untilServedBy(String name, Duration limit) {
        TestNode node = group.node(name);
        return group.until(limit, () -> node.alive && node.serving != null);
    }

    @Test
    void firstStartMakesTheFirstTwoMembersAndTheThirdASpare() {
        assertThat(group.members()).containsExactly("a", "b");
        assertThat(group.roles()).isEqualTo(Map.of("a", Role.MASTER, "b", Role.BACKUP, "c", Role.SPARE));
    }

    @Test
    void aCommitIsOnTheDiskOfTheBackup() {
        write("x");

        assertThat(group.node("b").disk.last()).isEqualTo(group.node("a").disk.last());
        assertThat(group.node("a").committed).isEqualTo(2);
    }

    @Test
    void followersHearOfTheCommitAndApplyIt() {
        write("x");
        group.run(SOON);

        assertThat(group.node("b").disk.applied).isEqualTo(2);
        assertThat(group.node("c").disk.applied).isEqualTo(2);
    }

    @Test
    void killedMasterIsFollowedByItsBackupInLessThanHalfASecond() {
        write("x");
        Position acked = group.node("a").disk.last();

        group.node("a").kill();
        Duration gap = untilServedBy("b", SOON);

        assertThat(gap).isLessThan(Duration.ofMillis(500));
        assertThat(group.node("b").disk.position(acked.seq())).isEqualTo(acked);
        assertThat(group.members()).containsExactly("b", "c");
    }

    @Test
    void everyNodeMayBeKilledInTurn() {
        for (int round = 0; round < 6; round++) {
            write("x" + round);
            TestNode killed = master();
            killed.kill();
            group.until(SOON, () -> group.serving() != null);
            group.start(killed.name());
            group.until(Duration.ofSeconds(3),
                    () -> group.nodes.values().stream().allMatch(n -> n.state.status().inStep()));
        }
        write("last");
        group.run(SOON);

        assertThat(group.nodes.values()).extracting(node -> node.disk.last()).containsOnly(master().disk.last());
        assertThat(master().state.status().epoch()).isEqualTo(new Epoch(7));
    }

    @Test
    void plannedStepDownTakesLessThan300Milliseconds() {
        write("x");

        long ticket = group.node("a").order(new Order.StepDown("test"));
        Duration gap = untilServedBy("b", SOON);

        assertThat(gap).isLessThan(Duration.ofMillis(300));
        assertThat(group.node("a").answers.get(ticket)).isInstanceOf(OrderAnswer.Done.class);
        assertThat(group.members()).containsExactly("a", "b");
    }

    @Test
    void silentMasterIsReplacedOnceASpareSaysTheSame() {
        group.node("a").paused = true;

        Duration gap = untilServedBy("b", Duration.ofSeconds(6));

        assertThat(gap).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
        write("after");
        group.node("a").resume();
        group.until(Duration.ofSeconds(3), () -> group.node("a").state.status().inStep());
        assertThat(group.node("a").serving).isNull();
        assertThat(group.node("a").state.status().role()).isEqualTo(Role.SPARE);
    }

    @Test
    void silentMasterWithoutAWitnessKeepsTheLock() {
        group.node("c").kill();
        group.run(Duration.ofSeconds(2));
        group.cut("a", "b");

        group.run(Duration.ofSeconds(10));

        assertThat(group.node("b").serving).isNull();
        assertThat(group.node("a").serving).isNotNull();
    }

    @Test
    void lostBackupIsReplacedByTheSpare() {
        group.node("b").kill();
        TestNode master = group.node("a");
        master.write("x");

        Duration gap = group.until(Duration.ofSeconds(3), () -> master.committed == 2);

        assertThat(gap).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1200));
        assertThat(group.members()).containsExactly("a", "c");
    }

    @Test
    void silentBackupIsReplacedByTheSpare() {
        group.node("b").paused = true;
        TestNode master = group.node("a");
        master.write("x");

        Duration gap = group.until(Duration.ofSeconds(4), () -> master.committed == 2);

        assertThat(gap).isLessThan(Duration.ofMillis(3400));
        assertThat(group.members()).containsExactly("a", "c");
    }

    @Test
    void withoutBackupAndSpareUploadsWaitUntilOneComesBack() {
        group.node("b").kill();
        group.node("c").kill();
        group.node("a").write("x");
        group.run(Duration.ofSeconds(60));
        assertThat(group.node("a").committed).isEqualTo(1);

        group.start(new NodeId("c"));
        group.until(SOON, () -> group.node("a").committed == 2);

        assertThat(group.members()).containsExactly("a", "c");
    }

    @Test
    void unacknowledgedTailOfTheOldMasterIsCut() {
        TestNode old = group.node("a");
        group.cut("a", "b");
        group.cut("a", "c");
        old.write("never acknowledged");
        group.run(Duration.ofMillis(10));
        old.kill();
        group.lock.destroy(Objects.requireNonNull(Objects.requireNonNull(group.lock.leader).session()));
        group.publish();
        untilServedBy("b", Duration.ofSeconds(5));
        write("another");

        group.lost.clear();
        group.start(new NodeId("a"));
        group.until(Duration.ofSeconds(3), () -> group.node("a").state.status().inStep());
        group.run(SOON);

        assertThat(group.node("a").disk.last()).isEqualTo(group.node("b").disk.last());
    }

    @Test
    void masterWithoutTheLockServiceEndsByItselfAndComesBack() {
        group.nodes.keySet().forEach(group.isolated::add);

        group.until(Duration.ofSeconds(13), () -> group.serving() == null);
        group.isolated.clear();
        group.until(Duration.ofSeconds(5), () -> group.serving() != null);

        assertThat(master().state.status().epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void pausedMasterThatNobodyReplacedGoesOn() {
        group.node("b").kill();
        group.node("c").kill();
        group.node("a").paused = true;
        group.run(Duration.ofSeconds(20));

        group.node("a").resume();
        group.run(Duration.ofSeconds(1));

        assertThat(group.node("a").serving).isEqualTo(new Epoch(1));
    }
}
