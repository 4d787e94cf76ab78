// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/** What operators order, with three machines. */
class OperatorTest {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Lineage FRESH = Lineage.of("00000000-0000-0000-0000-0000000000ff");
    private final TestGroup group = TestGroup.started();

    private OrderAnswer order(String name, Order order) {
        TestNode node = group.node(name);
        long ticket = node.order(order);
        group.until(Duration.ofSeconds(10), () -> node.answers.containsKey(ticket));
        return Objects.requireNonNull(node.answers.get(ticket));
    }

    private void done(String name, Order order) {
        assertThat(order(name, order)).isInstanceOf(OrderAnswer.Done.class);
    }

    private void refused(String name, Order order, String why) {
        assertThat(order(name, order)).isInstanceOf(OrderAnswer.Refused.class);
        assertThat(order(name, order).message()).contains(why);
    }

    private boolean allInStep() {
        return group.serving() != null && group.nodes.values().stream().allMatch(node -> node.state.status().inStep());
    }

    @Test
    void stepDownWithoutABackupInStepIsRefused() {
        group.node("b").kill();
        group.run(Duration.ofMillis(100));

        refused("a", new Order.StepDown("test"), "no backup");
    }

    @Test
    void stepDownOfAFollowerIsRefused() {
        refused("b", new Order.StepDown("test"), "not the master");
    }

    @Test
    void pausedGroupDoesNotFailOverAndTheMasterComesBack() {
        done("c", new Order.Pause());
        group.run(Duration.ofMillis(100));
        group.node("a").kill();
        group.run(Duration.ofSeconds(60));
        assertThat(group.serving()).isNull();
        assertThat(group.node("b").state.status().alarms()).extracting(Alarm::kind).contains(Alarm.Kind.PAUSED);

        group.start(new NodeId("a"));
        group.until(Duration.ofSeconds(5), () -> group.serving() == group.node("a"));

        done("a", new Order.Resume());
        group.run(Duration.ofMillis(100));
        assertThat(group.node("a").state.status().paused()).isFalse();
    }

    @Test
    void backupIsReplacedByTheSpareOnOrder() {
        done("a", new Order.ReplaceBackup());
        group.run(Duration.ofMillis(10));

        assertThat(group.members()).containsExactly("a", "c");
        assertThat(group.roles()).containsEntry("b", Role.SPARE);
    }

    @Test
    void backupIsNotReplacedWithoutASpare() {
        group.node("c").kill();
        group.run(Duration.ofMillis(100));

        refused("a", new Order.ReplaceBackup(), "no spare");
    }

    @Test
    void backupThatIsToStopIsReplacedFirst() {
        done("b", new Order.PrepareStop());
        group.run(Duration.ofMillis(10));

        assertThat(group.members()).containsExactly("a", "c");
        assertThat(group.lock.nodes.keySet()).doesNotContain(new NodeId("b"));
    }

    @Test
    void masterThatIsToStopHandsOverFirst() {
        TestNode b = group.node("b");

        done("a", new Order.PrepareStop());
        group.until(SOON, () -> b.serving != null);

        assertThat(group.members()).containsExactly("b", "c");
    }

    @Test
    void rollingRestartKeepsAllThreeInStepInTheEnd() {
        for (String name : new String[] {"c", "b", "a"}) {
            done(name, new Order.PrepareStop());
            group.node(name).kill();
            group.start(new NodeId(name));
            group.until(Duration.ofSeconds(10), this::allInStep);
        }

        assertThat(group.members()).hasSize(2);
    }

    @Test
    void forcedPromotionNeedsTheLossToBeAccepted() {
        group.node("a").kill();

        refused("c", new Order.ForcePromote(FRESH, false), "--accept-data-loss");
    }

    @Test
    void forcedPromotionIsRefusedWhileThereIsAMaster() {
        refused("c", new Order.ForcePromote(FRESH, true), "step-down");
    }

    @Test
    void forcedPromotionMakesANewHistoryThatOthersJoinByCheckpoint() {
        group.node("a").kill();
        group.node("b").kill();
        group.run(Duration.ofSeconds(1));
        TestNode c = group.node("c");

        done("c", new Order.ForcePromote(FRESH, true));
        group.until(SOON, () -> c.serving != null);
        group.start(new NodeId("a"));
        group.start(new NodeId("b"));
        group.until(Duration.ofSeconds(10), this::allInStep);

        assertThat(group.nodes.values()).extracting(node -> node.disk.lineage).containsOnly(FRESH);
        assertThat(group.members()).hasSize(2).contains("c");
    }

    @Test
    void lostRecordIsWrittenAgainFromTheDiskThatIsFurthest() {
        group.node("a").write("x");
        group.run(Duration.ofMillis(500));
        group.wipeLockService();
        group.until(Duration.ofSeconds(20), () -> group.nodes.values().stream()
                .allMatch(node -> node.state.status().role() == Role.REFUSED
                        && group.lock.nodes.containsKey(node.name())));
        group.run(Duration.ofMillis(10));

        done("b", new Order.ReseedRecord());
        group.until(Duration.ofSeconds(10), this::allInStep);

        assertThat(group.node("a").disk.position(2)).isEqualTo(group.committed.get(2L));
        assertThat(group.serving()).isNotNull().extracting(node -> node.state.status().epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void recordIsNotWrittenAgainWhileANodeIsMissing() {
        group.node("c").kill();
        group.wipeLockService();
        group.run(Duration.ofSeconds(20));

        refused("b", new Order.ReseedRecord(), "node c is not there");
    }

    @Test
    void recordThatFitsIsNotWrittenAgain() {
        refused("b", new Order.ReseedRecord(), "nothing to write");
    }
}
