// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;
import org.openros.replication.operator.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A master that has stopped and cannot unlock says so when it is probed; its backup, here node b, ends its session
 * then.
 */
class CeasedMasterTest {
    private static final Epoch FIRST = new Epoch(1);
    private static final Epoch SECOND = new Epoch(2);

    /** Follower b of master a, which holds the lock at epoch 2. */
    private static ByHand follower(GroupRecord record, Orders orders) {
        ByHand node = new ByHand(ByHand.disk("b"));
        node.see(held(record, orders));
        node.open();
        return node;
    }

    private static ByHand follower() {
        return follower(second(), Orders.NONE);
    }

    private static GroupRecord second() {
        return ByHand.record("a", "b").promoted(ByHand.A, "test");
    }

    private static GroupSnapshot held(GroupRecord record, Orders orders) {
        GroupSnapshot held = ByHand.held(record, 10, ByHand.A, "theirs");
        return new GroupSnapshot(record, 10, held.leader(), orders, 1, held.nodes());
    }

    private static void reset(ByHand node) {
        node.hear(now -> new Event.Disconnected(now, node.dialled(), Event.Cause.RESET));
    }

    private static void answers(ByHand node, NodeId who, Epoch ceased) {
        NodeReport report = new NodeReport(node.state.settings.group(), who, ByHand.store(who.value()), 5, Role.JOINING,
                Epoch.NONE, ByHand.LINEAGE, ceased, Position.START, 1, 1);
        long probe = node.ticket(Action.Probe.class);
        node.hear(now -> new Event.ProbeAnswered(now, probe, new ProbeOutcome.Answered(report, Sight.UNKNOWN, ceased)));
    }

    // --- the backup -----------------------------------------------------------------------------------------------

    @Test
    void sessionOfAMasterThatSaysItsReignIsOverIsEndedAtOnce() {
        ByHand node = follower();
        reset(node);

        answers(node, ByHand.A, SECOND);

        assertThat(node.last(LockRequest.DestroySession.class).session()).isEqualTo("theirs");
        node.answer(LockRequest.DestroySession.class, new LockAnswer.Done(0));
        assertThat(node.last(LockRequest.Promote.class).record().epoch()).isEqualTo(new Epoch(3));
    }

    @Test
    void wordAboutAnEarlierReignEndsNothing() {
        ByHand node = follower();
        reset(node);

        answers(node, ByHand.A, FIRST);
        node.wait(Duration.ofSeconds(1));

        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();
    }

    @Test
    void wordAboutAnEarlierReignEndsNothingThoughTheSessionIsTheSame() {
        ByHand node = follower(ByHand.record("a", "b"), new Orders(true, Set.of()));
        reset(node);
        answers(node, ByHand.A, FIRST);

        node.see(held(second(), Orders.NONE));
        node.wait(Duration.ofSeconds(1));

        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();
    }

    @Test
    void wordOfAnotherNodeAtTheMastersAddressEndsNothing() {
        ByHand node = follower();
        reset(node);

        answers(node, ByHand.C, SECOND);
        node.wait(Duration.ofSeconds(1));

        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();
    }

    @Test
    void nothingIsEndedWhileAnOperatorPausesTheGroup() {
        ByHand node = follower(second(), new Orders(true, Set.of()));
        reset(node);
        answers(node, ByHand.A, SECOND);
        node.wait(Duration.ofSeconds(10));
        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();

        node.see(held(second(), Orders.NONE));
        node.tick();

        assertThat(node.did(LockRequest.DestroySession.class)).isTrue();
    }

    @Test
    void spareEndsNothing() {
        ByHand node = follower(ByHand.record("a", "c").promoted(ByHand.A, "test"), Orders.NONE);
        reset(node);

        answers(node, ByHand.A, SECOND);
        node.wait(Duration.ofSeconds(10));

        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();
    }

    @Test
    void backupThatCannotReachTheLockServiceAsksAgainAndNotTooOften() {
        ByHand node = follower();
        reset(node);
        answers(node, ByHand.A, SECOND);
        node.answer(LockRequest.DestroySession.class, new LockAnswer.Failed(false, "connection refused"));

        node.wait(Duration.ofMillis(200));
        assertThat(node.all.stream().filter(CeasedMasterTest::endsTheirs)).hasSize(1);
        node.wait(Duration.ofMillis(100));

        assertThat(node.all.stream().filter(CeasedMasterTest::endsTheirs)).hasSize(2);
    }

    private static boolean endsTheirs(Action action) {
        return action instanceof Action.Ask ask && ask.request().equals(new LockRequest.DestroySession("theirs"));
    }

    @Test
    void masterThatSaysItIsNoneIsProbed() {
        ByHand node = follower();
        reset(node);
        answers(node, ByHand.A, FIRST);
        node.wait(Duration.ofMillis(1100));
        long before = node.ticket(Action.Probe.class);

        node.welcome(new Frame.Refused(SECOND, RefusalReason.NOT_MASTER, "node a is not master"));
        node.wait(Duration.ofMillis(1100));
        assertThat(node.ticket(Action.Probe.class)).isGreaterThan(before);
        answers(node, ByHand.A, SECOND);

        assertThat(node.did(LockRequest.DestroySession.class)).isTrue();
    }

    // --- the master: node b at epoch 2 ----------------------------------------------------------------------------

    private static ByHand serving() {
        ByHand node = ByHand.master();
        ConnectionId a = node.follow("a");
        node.durable(3);
        node.ack(a, "a", 3, 0);
        node.hear(now -> new Event.Established(now, SECOND));
        return node;
    }

    /** The lock service answers nothing any more. */
    private static void starve(ByHand node) {
        for (int i = 0; i < 260 && !node.did(Action.StopServing.class); i++) {
            assertThat(node.state.ceased()).isEqualTo(FIRST);
            node.now += 50_000_000;
            node.tick();
        }
    }

    @Test
    void reignIsOverOnlyOnceServingHasStopped() {
        ByHand node = serving();

        starve(node);

        assertThat(node.did(Action.StopServing.class)).isTrue();
        assertThat(node.state.ceased()).isEqualTo(SECOND);
    }

    @Test
    void masterThatHasSaidItsReignIsOverServesOnlyAtALaterEpochThoughItsSessionIsStillThere() {
        ByHand node = serving();
        starve(node);
        node.done(DiskRequest.EndLead.class);
        node.answer(LockRequest.Unlock.class, new LockAnswer.Failed(true, "no answer within 2 s"));
        GroupRecord record = ByHand.record("a", "b").promoted(ByHand.B, "test");

        node.see(ByHand.held(record, 11, ByHand.B, ByHand.SESSION));
        node.wait(Duration.ofSeconds(2));
        assertThat(node.state.duty).isInstanceOf(Follow.class);
        assertThat(node.last(LockRequest.DestroySession.class).session()).isEqualTo(ByHand.SESSION);

        node.answer(LockRequest.OpenSession.class, new LockAnswer.Opened("another"));
        node.see(ByHand.free(record, 11));
        assertThat(node.last(LockRequest.Promote.class).record().epoch()).isEqualTo(new Epoch(3));
    }

    @Test
    void stepDownWhoseUnlockIsDoneKeepsItsSessionAndSaysNothing() {
        ByHand node = serving();

        stepDown(node, new LockAnswer.Done(12));

        assertThat(node.state.ceased()).isEqualTo(FIRST);
    }

    @Test
    void stepDownWhoseUnlockFailsSaysThatItsReignIsOver() {
        ByHand node = serving();

        stepDown(node, new LockAnswer.Failed(true, "no answer within 2 s"));

        assertThat(node.state.ceased()).isEqualTo(SECOND);
    }

    private static void stepDown(ByHand node, LockAnswer unlocked) {
        node.hear(now -> new Event.Ordered(now, 1, new Order.StepDown("test")));
        node.hear(now -> new Event.Drained(now, SECOND));
        node.tick();
        assertThat(node.state.duty).isInstanceOf(Leave.class);
        assertThat(node.state.ceased()).isEqualTo(FIRST);
        node.done(DiskRequest.EndLead.class);
        node.answer(LockRequest.Unlock.class, unlocked);
    }

    @Test
    void processThatStartsHasNothingToDoWithTheReignsOfTheOneBefore() {
        assertThat(State.initial(ByHand.settings(ByHand.B), ByHand.disk("b").view()).ceased()).isEqualTo(FIRST);
    }

    // --- both -----------------------------------------------------------------------------------------------------

    @Test
    void masterCutFromTheLockServiceIsReplacedAsSoonAsItStops() {
        TestGroup group = TestGroup.started();
        TestNode cut = group.node("a");
        group.isolated.add(cut.name());

        group.until(Duration.ofSeconds(13), () -> cut.serving == null);
        Duration gap = group.until(Duration.ofSeconds(1), () -> group.node("b").serving != null);

        assertThat(gap).isLessThan(Duration.ofMillis(300));
        assertThat(group.members()).containsExactly("b", "c");
        group.isolated.clear();
        group.publish();
        group.until(Duration.ofSeconds(8), () -> cut.state.status().inStep());
        assertThat(cut.state.status().role()).isEqualTo(Role.SPARE);
    }

    @Test
    void whenTheBackupIsCutFromTheLockServiceTooTheFirstThatComesBackServesAtALaterEpoch() {
        TestGroup group = TestGroup.started();
        group.isolated.add(new NodeId("a"));
        group.isolated.add(new NodeId("b"));
        group.until(Duration.ofSeconds(13), () -> group.serving() == null);
        group.run(Duration.ofSeconds(3));
        assertThat(group.serving()).isNull();

        group.isolated.remove(new NodeId("b"));
        group.publish();
        group.until(Duration.ofSeconds(3), () -> group.node("b").serving != null);

        assertThat(group.node("b").serving).isEqualTo(SECOND);
    }

    @Test
    void masterKilledAndStartedBeforeAnybodyLookedIsReplacedAtOnce() {
        TestGroup group = TestGroup.started();
        group.isolated.add(new NodeId("a"));
        group.node("a").kill();
        group.start(new NodeId("a"));

        Duration gap = group.until(Duration.ofSeconds(3), () -> group.node("b").serving != null);

        assertThat(gap).isLessThan(Duration.ofMillis(500));
    }
}
