// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.StoreId;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;

import static org.assertj.core.api.Assertions.assertThat;

/** A master's rules: the required set (8), changes of it (9, 10), the lease, pauses, and rule 15. Node b is master. */
class ReignTest {
    private static final LockAnswer IN_DOUBT = new LockAnswer.Failed(true, "no answer");
    private static final Epoch EPOCH = new Epoch(2);

    private static ByHand serving() {
        ByHand node = ByHand.master();
        ConnectionId a = node.follow("a");
        node.durable(3);
        node.ack(a, "a", 3, 0);
        node.hear(now -> new Event.Established(now, EPOCH));
        return node;
    }

    private static ConnectionId connectionOf(ByHand node, String name) {
        return node.all.stream().filter(Action.StreamFrom.class::isInstance).map(Action.StreamFrom.class::cast)
                .map(Action.StreamFrom::connection)
                .filter(connection -> connection.value().getMostSignificantBits() == name.charAt(0)).toList().getLast();
    }

    /** In which spare c is required because backup a was lost. */
    private static ByHand widened() {
        ByHand node = serving();
        node.follow("c");
        node.hear(now -> new Event.Disconnected(now, connectionOf(node, "a"), Event.Cause.RESET));
        for (int i = 0; i < 21; i++) {
            node.now += 50_000_000;
            node.tick();
        }
        return node;
    }

    /** In which {b, c} was proposed. */
    private static ByHand proposed() {
        ByHand node = widened();
        node.ack(connectionOf(node, "c"), "c", 3, node.last(Frame.Heartbeat.class).nonce());
        return node;
    }

    @Test
    void nothingIsCommittedThatABackupHasNotAcknowledged() {
        ByHand node = serving();
        node.durable(5);
        assertThat(node.did(Action.CommitTo.class)).isFalse();

        node.ack(connectionOf(node, "a"), "a", 4, 0);

        assertThat(node.last(Action.CommitTo.class)).isEqualTo(new Action.CommitTo(EPOCH, 4));
    }

    @Test
    void nothingIsCommittedThatTheMastersOwnDiskHasNotFlushed() {
        ByHand node = serving();

        node.ack(connectionOf(node, "a"), "a", 7, 0);
        assertThat(node.did(Action.CommitTo.class)).isFalse();

        node.durable(5);
        assertThat(node.last(Action.CommitTo.class)).isEqualTo(new Action.CommitTo(EPOCH, 5));
    }

    @Test
    void spareIsNotCounted() {
        ByHand node = serving();
        ConnectionId c = node.follow("c");
        node.durable(4);

        node.ack(c, "c", 4, 0);

        assertThat(node.did(Action.CommitTo.class)).isFalse();
    }

    @Test
    void acknowledgementOfAnotherConnectionEpochOrStoreDoesNotCount() {
        ByHand node = serving();
        node.durable(4);
        ConnectionId a = connectionOf(node, "a");
        ConnectionId other = new ConnectionId(new UUID(1, 1));

        node.frame(other, new Frame.Ack(EPOCH, 4, ByHand.store("a"), other, 0));
        assertThat(node.did(Action.CommitTo.class)).isFalse();
        node.frame(a, new Frame.Ack(EPOCH, 4, ByHand.store("a"), other, 0));
        assertThat(node.did(Action.CommitTo.class)).isFalse();
        node.frame(a, new Frame.Ack(new Epoch(1), 4, ByHand.store("a"), a, 0));
        assertThat(node.did(Action.CommitTo.class)).isFalse();
        node.frame(a, new Frame.Ack(EPOCH, 4, ByHand.store("z"), a, 0));
        assertThat(node.did(Action.CommitTo.class)).isFalse();
    }

    @Test
    void memberWithAnotherDiskDoesNotCount() {
        ByHand node = ByHand.master();
        ConnectionId connection = new ConnectionId(new UUID('a', 50));
        StoreId wiped = new StoreId(new UUID(9, 9));
        node.frame(connection, node.hello("a", connection, ByHand.LINEAGE, wiped, new Epoch(1)));
        node.locate(node.disk.position(2));
        node.durable(3);

        node.frame(connection, new Frame.Ack(EPOCH, 3, wiped, connection, 0));

        assertThat(node.everDid(Action.CommitTo.class)).isFalse();
    }

    @Test
    void candidateIsRequiredFromBeforeItIsProposed() {
        ByHand node = widened();

        assertThat(node.state.status().required()).containsExactly(ByHand.A, ByHand.B, ByHand.C);
        assertThat(node.everDid(LockRequest.ChangeRecord.class)).isFalse();
    }

    @Test
    void candidateIsProposedOnceItHasAcknowledgedWhatIsCommitted() {
        ByHand node = widened();
        long nonce = node.last(Frame.Heartbeat.class).nonce();

        node.ack(connectionOf(node, "c"), "c", 3, 0);
        assertThat(node.everDid(LockRequest.ChangeRecord.class)).isFalse();
        node.ack(connectionOf(node, "c"), "c", 3, nonce);

        LockRequest.ChangeRecord change = node.last(LockRequest.ChangeRecord.class);
        assertThat(change.record().members()).isEqualTo(Set.of(ByHand.member("b"), ByHand.member("c")));
        assertThat(change.record().epoch()).isEqualTo(EPOCH);
        assertThat(change.recordIndex()).isEqualTo(11);
    }

    /** Rule 9: what the master inherited may be committed and acknowledged though it does not know so yet. */
    @Test
    void candidateOfAMasterThatHasCommittedNothingYetNeedsAllThatWasInherited() {
        ByHand node = ByHand.master();
        node.durable(3);
        ConnectionId c = node.greet("c");
        node.locate(node.disk.position(1));
        node.ack(c, "c", 1, 0);
        for (int i = 0; i < 21; i++) {
            node.now += 50_000_000;
            node.tick();
            node.ack(c, "c", 1, node.last(Frame.Heartbeat.class).nonce());
        }
        assertThat(node.state.status().required()).containsExactly(ByHand.A, ByHand.B, ByHand.C);
        assertThat(node.everDid(LockRequest.ChangeRecord.class)).isFalse();

        node.ack(c, "c", 2, node.last(Frame.Heartbeat.class).nonce());

        assertThat(node.last(LockRequest.ChangeRecord.class).record().members())
                .isEqualTo(Set.of(ByHand.member("b"), ByHand.member("c")));
    }

    /** The lock may still be held by the session of the process before: its reign is not taken up again. */
    @Test
    void processThatStartsAgainNeverTakesItsFormerEpochUp() {
        ByHand before = ByHand.master();
        ByHand node = new ByHand(before.disk);

        node.open();
        node.see(ByHand.held(ByHand.record("a", "b").promoted(ByHand.B, "before"), 11, ByHand.B, "former"));
        node.wait(Duration.ofSeconds(2));

        assertThat(node.everDid(Action.Serve.class)).isFalse();
        assertThat(node.everDid(DiskRequest.Lead.class)).isFalse();
        assertThat(node.state.status().role()).isNotEqualTo(Role.MASTER);
    }

    @Test
    void smallerSetIsRequiredOnlyWhenTheChangeIsKnownToBeDone() {
        ByHand node = proposed();
        node.durable(4);
        node.ack(connectionOf(node, "c"), "c", 4, 0);
        assertThat(node.did(Action.CommitTo.class)).isFalse();

        node.answer(LockRequest.ChangeRecord.class, new LockAnswer.Done(12));

        assertThat(node.last(Action.CommitTo.class).seq()).isEqualTo(4);
        assertThat(node.state.status().required()).containsExactly(ByHand.B, ByHand.C);
    }

    @Test
    void replyAtAnIndexThatIsNotNewerDoesNotCount() {
        ByHand node = proposed();

        node.answer(LockRequest.ChangeRecord.class, new LockAnswer.Done(11));

        assertThat(node.state.status().required()).containsExactly(ByHand.A, ByHand.B, ByHand.C);
        assertThat(node.everDid(LockRequest.ReadGroup.class)).isTrue();
    }

    @Test
    void changeInDoubtIsSentAgainUnchangedThoughAReadDoesNotShowIt() {
        ByHand node = proposed();
        LockRequest.ChangeRecord first = node.last(LockRequest.ChangeRecord.class);
        long ticket = node.ticket(LockRequest.ChangeRecord.class);
        GroupRecord before = ByHand.record("a", "b").promoted(ByHand.B, "the lock was free");
        node.answer(LockRequest.ChangeRecord.class, IN_DOUBT);

        node.answer(LockRequest.ReadGroup.class,
                new LockAnswer.Read(ByHand.held(before, 11, ByHand.B, ByHand.SESSION)));
        assertThat(node.state.status().required()).containsExactly(ByHand.A, ByHand.B, ByHand.C);
        node.wait(Duration.ofMillis(1100));

        assertThat(node.last(LockRequest.ChangeRecord.class)).isEqualTo(first);
        assertThat(node.ticket(LockRequest.ChangeRecord.class)).isGreaterThan(ticket);
    }

    @Test
    void changeInDoubtIsRecognisedInTheRecord() {
        ByHand node = proposed();
        GroupRecord proposal = node.last(LockRequest.ChangeRecord.class).record();
        node.answer(LockRequest.ChangeRecord.class, IN_DOUBT);

        node.answer(LockRequest.ReadGroup.class,
                new LockAnswer.Read(ByHand.held(proposal, 12, ByHand.B, ByHand.SESSION)));

        assertThat(node.state.status().required()).containsExactly(ByHand.B, ByHand.C);
    }

    @Test
    void onlyOneChangeIsInFlight() {
        ByHand node = proposed();
        long ticket = node.ticket(LockRequest.ChangeRecord.class);

        node.follow("a");
        node.tick();

        assertThat(node.ticket(LockRequest.ChangeRecord.class)).isEqualTo(ticket);
    }

    @Test
    void recordOfAnotherMasterEndsTheReign() {
        ByHand node = serving();
        GroupRecord others = ByHand.record("a", "b").promoted(ByHand.B, "x").promoted(ByHand.A, "took over");

        node.see(ByHand.held(others, 12, ByHand.A, "theirs"));

        assertThat(node.did(Action.StopServing.class)).isTrue();
        assertThat(node.state.status().role()).isEqualTo(Role.LEAVING);
    }

    @Test
    void deadlineCountsFromBeforeTheRenewalWasSent() {
        ByHand node = serving();
        node.wait(Duration.ofMillis(5100));
        node.answer(LockRequest.RenewSession.class, IN_DOUBT);
        long begin = node.now;

        while (!node.everDid(Action.StopServing.class)) {
            node.now += 50_000_000;
            node.tick();
            if (node.did(LockRequest.RenewSession.class)) {
                node.answer(LockRequest.RenewSession.class, IN_DOUBT);
            }
        }

        assertThat(Duration.ofNanos(node.now - begin)).isLessThanOrEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void endOfAReignGoesInOrder() {
        ByHand node = serving();
        for (int i = 0; i < 260 && !node.everDid(Action.StopServing.class); i++) {
            node.now += 50_000_000;
            node.tick();
        }

        assertThat(node.actions).first().isInstanceOf(Action.StopServing.class);
        assertThat(node.did(DiskRequest.EndLead.class)).isTrue();
        assertThat(node.everDid(LockRequest.Unlock.class)).isFalse();
        node.done(DiskRequest.EndLead.class);
        assertThat(node.did(LockRequest.Unlock.class)).isTrue();
        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();
        node.answer(LockRequest.Unlock.class, new LockAnswer.Done(20));
        assertThat(node.last(LockRequest.DestroySession.class).session()).isEqualTo(ByHand.SESSION);
    }

    @Test
    void endedSessionEndsTheReign() {
        ByHand node = serving();
        for (int i = 0; i < 101 && !node.did(LockRequest.RenewSession.class); i++) {
            node.now += 50_000_000;
            node.tick();
        }

        node.answer(LockRequest.RenewSession.class, new LockAnswer.Refused("gone"));

        assertThat(node.did(Action.StopServing.class)).isTrue();
    }

    @Test
    void pausedMasterCommitsNothingUntilTheLockServiceHasConfirmedIt() {
        ByHand node = serving();
        GroupRecord record = ByHand.record("a", "b").promoted(ByHand.B, "the lock was free");
        node.now += 8_000_000_000L;
        node.durable(4);
        node.ack(connectionOf(node, "a"), "a", 4, 0);
        assertThat(node.last(Action.CommitTo.class).seq()).isEqualTo(3);

        node.answer(LockRequest.RenewSession.class, new LockAnswer.Done(0));
        assertThat(node.last(Action.CommitTo.class).seq()).isEqualTo(3);
        node.answer(LockRequest.ReadGroup.class,
                new LockAnswer.Read(ByHand.held(record, 11, ByHand.B, ByHand.SESSION)));

        assertThat(node.last(Action.CommitTo.class).seq()).isEqualTo(4);
    }

    @Test
    void pausedMasterWhoseLockIsGoneEndsItsReign() {
        ByHand node = serving();
        GroupRecord record = ByHand.record("a", "b").promoted(ByHand.B, "the lock was free");
        node.now += 30_000_000_000L;
        node.tick();
        assertThat(node.everDid(Action.StopServing.class)).isFalse();

        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(ByHand.free(record, 11)));

        assertThat(node.did(Action.StopServing.class)).isTrue();
    }

    @Test
    void fencedMasterLooksWhetherItIsStillOne() {
        ByHand node = serving();

        node.frame(connectionOf(node, "a"), new Frame.Fenced(new Epoch(3)));

        assertThat(node.did(LockRequest.ReadGroup.class)).isTrue();
        node.durable(4);
        node.ack(connectionOf(node, "a"), "a", 4, 0);
        assertThat(node.last(Action.CommitTo.class).seq()).isEqualTo(3);
    }

    @Test
    void leadershipIsConfirmedByAnAcknowledgementFromAfterTheQuestion() {
        ByHand node = serving();
        ConnectionId a = connectionOf(node, "a");

        node.hear(now -> new Event.LeadershipAsked(now, 77));
        long nonce = node.last(Frame.Heartbeat.class).nonce();
        node.ack(a, "a", 3, nonce - 1);
        assertThat(node.everDid(Action.Confirm.class)).isFalse();
        node.ack(a, "a", 3, nonce);

        assertThat(node.last(Action.Confirm.class)).isEqualTo(new Action.Confirm(77, true));
    }

    @Test
    void leadershipThatNobodyConfirmsIsDenied() {
        ByHand node = serving();
        node.hear(now -> new Event.LeadershipAsked(now, 77));

        node.wait(Duration.ofMillis(2100));

        assertThat(node.last(Action.Confirm.class)).isEqualTo(new Action.Confirm(77, false));
    }

    @Test
    void followerDoesNotConfirmLeadership() {
        ByHand node = ByHand.follower();

        node.hear(now -> new Event.LeadershipAsked(now, 77));

        assertThat(node.last(Action.Confirm.class)).isEqualTo(new Action.Confirm(77, false));
    }

    @Test
    void followerWithoutACommonTailGetsACheckpoint() {
        ByHand node = serving();
        node.greet("c");

        node.disk(DiskRequest.Locate.class, new DiskAnswer.Located(node.disk.position(2), false));

        assertThat(node.last(Frame.TakeCheckpoint.class).why()).isEqualTo(CheckpointReason.TAIL_RELEASED);
    }

    @Test
    void followerThatKnowsMoreToBeCommittedThanIsCommonIsToldSo() {
        ByHand node = serving();
        ConnectionId connection = new ConnectionId(new UUID('c', 60));
        Frame.Hello hello = node.hello("c", connection, ByHand.LINEAGE, ByHand.store("c"), new Epoch(1));

        node.frame(connection,
                new Frame.Hello(hello.group(), hello.lineage(), hello.node(), hello.store(), hello.promised(),
                hello.epochs(), hello.last(), 9, 1, connection));

        assertThat(node.last(Frame.TakeCheckpoint.class).why()).isEqualTo(CheckpointReason.DIVERGED);
    }

    @Test
    void followerOfAnotherLineageIsRefused() {
        assertThat(refusalOf(ByHand.OTHER, ByHand.store("c"), "c")).isEqualTo(RefusalReason.WRONG_LINEAGE);
    }

    @Test
    void followerWithACopiedDiskIsRefused() {
        assertThat(refusalOf(ByHand.LINEAGE, ByHand.store("b"), "c")).isEqualTo(RefusalReason.CLONED_DISK);
        assertThat(refusalOf(ByHand.LINEAGE, ByHand.store("a"), "c")).isEqualTo(RefusalReason.CLONED_DISK);
    }

    @Test
    void followerWithTheNameOfALivingOneIsRefused() {
        assertThat(refusalOf(ByHand.LINEAGE, ByHand.store("z"), "a")).isEqualTo(RefusalReason.DUPLICATE_NODE);
        assertThat(refusalOf(ByHand.LINEAGE, ByHand.store("z"), "b")).isEqualTo(RefusalReason.DUPLICATE_NODE);
    }

    @Test
    void alarmOfARefusedFollowerStandsUntilItIsTaken() {
        ByHand node = serving();
        ConnectionId refused = new ConnectionId(new UUID('c', 60));
        node.frame(refused, node.hello("c", refused, ByHand.OTHER, ByHand.store("c"), new Epoch(1)));
        assertThat(node.state.status().alarms()).extracting(Alarm::kind).contains(Alarm.Kind.FOLLOWER_REFUSED);
        node.greet("a");
        assertThat(node.state.status().alarms()).extracting(Alarm::kind).contains(Alarm.Kind.FOLLOWER_REFUSED);

        node.greet("c");

        assertThat(node.state.status().alarms()).extracting(Alarm::kind).doesNotContain(Alarm.Kind.FOLLOWER_REFUSED);
    }

    @Test
    void unknownNodeIsRefused() {
        assertThat(refusalOf(ByHand.LINEAGE, ByHand.store("d"), "d")).isEqualTo(RefusalReason.UNKNOWN_NODE);
    }

    private static RefusalReason refusalOf(Lineage lineage, StoreId store, String name) {
        ByHand node = serving();
        ConnectionId connection = new ConnectionId(new UUID(name.charAt(0), 60));
        node.frame(connection, node.hello(name, connection, lineage, store, new Epoch(1)));
        assertThat(node.actions).hasSizeLessThanOrEqualTo(2);
        return node.last(Frame.Refused.class).reason();
    }

    @Test
    void masterWithABrokenDiskEndsItsReign() {
        ByHand node = serving();

        node.hear(now -> new Event.DiskFailed(now, DiskAnswer.Trouble.BROKEN, "no device"));

        assertThat(node.did(Action.StopServing.class)).isTrue();
    }

    @Test
    void masterWithAFullDiskHandsOverOnce() {
        ByHand node = serving();

        node.hear(now -> new Event.DiskFailed(now, DiskAnswer.Trouble.FULL, "no room"));

        assertThat(node.did(Action.Drain.class)).isTrue();
        assertThat(node.did(Action.StopServing.class)).isFalse();
        assertThat(node.state.status().alarms()).extracting(Alarm::kind).contains(Alarm.Kind.DISK_FULL);
    }

    @Test
    void masterWhoseDiskFlushesNothingGivesTheLockBack() {
        ByHand node = ByHand.master();
        node.follow("a");

        node.wait(Duration.ofSeconds(20));

        assertThat(node.everDid(Action.StopServing.class)).isTrue();
    }

    @Test
    void tailThatAnAbsentMemberNeedsIsRetained() {
        ByHand node = serving();
        node.hear(now -> new Event.Disconnected(now, connectionOf(node, "a"), Event.Cause.RESET));
        node.durable(9);

        node.tick();

        assertThat(node.last(Action.Retain.class).afterSeq()).isEqualTo(3);
        assertThat(node.last(Action.CommitTo.class).seq()).isEqualTo(3);
    }
}
