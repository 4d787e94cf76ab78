// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A follower's rules: 5 to 7, catch-up, quarantine, and when it takes over. */
class FollowingTest {
    private static final Epoch FIRST = new Epoch(1);

    private static Frame.Entries entry(MemoryDisk disk, long commitSeq) {
        byte[] payload = {1};
        ChainHash hash = new ChainHash.Chain().next(disk.last().hash(), 1, 3, payload);
        return new Frame.Entries(FIRST, List.of(new LogEntry(new Position(FIRST, 3, hash), payload)), commitSeq);
    }

    @Test
    void helloSaysWhatTheDiskHolds() {
        ByHand node = ByHand.follower();
        ConnectionId connection = node.dialled();

        node.hear(now -> new Event.Connected(now, connection));

        Frame.Hello hello = node.last(Frame.Hello.class);
        assertThat(hello.last()).isEqualTo(node.disk.last());
        assertThat(hello.store()).isEqualTo(node.disk.store);
        assertThat(hello.commitSeq()).isEqualTo(1);
        assertThat(hello.connection()).isEqualTo(connection);
    }

    @Test
    void promiseAndCutAreOnDiskBeforeTheFirstAcknowledgement() {
        ByHand node = ByHand.follower();
        node.welcome(new Frame.Welcome(new Epoch(4), ByHand.LINEAGE, node.disk.log.getFirst().position(), 1));
        node.locate(node.disk.position(1));
        assertThat(node.last(DiskRequest.Promise.class).epoch()).isEqualTo(new Epoch(4));
        assertThat(node.everDid(DiskRequest.Cut.class)).isFalse();

        node.disk.promised = new Epoch(4);
        node.done(DiskRequest.Promise.class);
        assertThat(node.last(DiskRequest.Cut.class).seq()).isEqualTo(1);
        assertThat(node.everDid(Frame.Ack.class)).isFalse();

        node.disk.cut(1);
        node.done(DiskRequest.Cut.class);
        assertThat(node.last(Frame.Ack.class)).isEqualTo(
                new Frame.Ack(new Epoch(4), 1, node.disk.store, node.dialled(), 0));
    }

    @Test
    void frameOfALowerEpochThanPromisedIsFenced() {
        ByHand node = ByHand.follower();
        node.disk.promised = new Epoch(3);
        node.state.disk = node.view();

        node.welcome(new Frame.Welcome(new Epoch(2), ByHand.LINEAGE, node.disk.last(), 1));

        assertThat(node.last(Frame.Fenced.class)).isEqualTo(new Frame.Fenced(new Epoch(3)));
        assertThat(node.everDid(DiskRequest.Locate.class)).isFalse();
    }

    @Test
    void entriesAreAcknowledgedOnlyAfterTheFlush() {
        ByHand node = ByHand.inStep();
        Frame.Entries entry = entry(node.disk, 2);

        node.frame(node.dialled(), entry);
        assertThat(node.did(DiskRequest.Append.class)).isTrue();
        assertThat(node.did(Frame.Ack.class)).isFalse();

        node.disk.append(entry.entries());
        node.done(DiskRequest.Append.class);
        assertThat(node.last(Frame.Ack.class).seq()).isEqualTo(3);
    }

    @Test
    void heartbeatIsAnsweredWithWhatIsFlushedAndItsNonce() {
        ByHand node = ByHand.inStep();
        node.frame(node.dialled(), entry(node.disk, 2));

        node.frame(node.dialled(), new Frame.Heartbeat(FIRST, 2, 17));

        assertThat(node.last(Frame.Ack.class)).isEqualTo(new Frame.Ack(FIRST, 2, node.disk.store, node.dialled(), 17));
    }

    @Test
    void onlyWhatIsOnThisDiskIsApplied() {
        ByHand node = ByHand.inStep();

        node.frame(node.dialled(), new Frame.Heartbeat(FIRST, 9, 1));

        assertThat(node.last(DiskRequest.Apply.class).seq()).isEqualTo(2);
    }

    @Test
    void nothingIsAppendedBeforeTheNodeIsInStep() {
        ByHand node = ByHand.follower();
        ConnectionId connection = node.dialled();
        node.hear(now -> new Event.Connected(now, connection));

        node.frame(connection, entry(node.disk, 1));

        assertThat(node.everDid(DiskRequest.Append.class)).isFalse();
    }

    @Test
    void entryOfALaterEpochThanItsMastersIsABrokenInvariant() {
        ByHand node = ByHand.inStep();
        LogEntry later = new LogEntry(new Position(new Epoch(2), 3, ChainHash.START), new byte[0]);

        assertThatThrownBy(() -> node.frame(node.dialled(), new Frame.Entries(FIRST, List.of(later), 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void cutBelowTheOwnCommitIsNotDoneButPutsTheDiskInQuarantine() {
        ByHand node = ByHand.follower();

        node.welcome(new Frame.Welcome(new Epoch(2), ByHand.LINEAGE, Position.START, 0));

        assertThat(node.state.status().role()).isEqualTo(Role.QUARANTINED);
        assertThat(node.everDid(DiskRequest.Cut.class)).isFalse();
        assertThat(node.did(DiskRequest.TakeCheckpoint.class)).isTrue();
        assertThat(node.did(Action.RaiseAlarm.class)).isTrue();
    }

    @Test
    void otherHashAtTheCommonPrefixPutsTheDiskInQuarantine() {
        ByHand node = ByHand.follower();
        node.welcome(new Frame.Welcome(FIRST, ByHand.LINEAGE, new Position(FIRST, 2, new ChainHash(1, 2)), 1));

        node.locate(node.disk.last());

        assertThat(node.state.status().role()).isEqualTo(Role.QUARANTINED);
        assertThat(node.everDid(DiskRequest.Cut.class)).isFalse();
    }

    @Test
    void quarantinedNodeIsNotPromoted() {
        ByHand node = ByHand.follower();
        node.welcome(new Frame.TakeCheckpoint(FIRST, CheckpointReason.DIVERGED));
        node.disk(DiskRequest.TakeCheckpoint.class, new DiskAnswer.Failed(DiskAnswer.Trouble.NOT_FETCHED, "gone"));

        node.see(ByHand.free(ByHand.record("a", "b"), 11));
        node.wait(Duration.ofSeconds(1));

        assertThat(node.everDid(LockRequest.Promote.class)).isFalse();
        assertThat(node.state.status().notServing()).contains("quarantined");
    }

    @Test
    void damagedDiskIsReplacedWithoutBeingOffered() {
        MemoryDisk damaged = ByHand.disk("b");
        damaged.damage = "entry 2 does not fit its checksum";
        ByHand node = new ByHand(damaged);

        node.see(ByHand.held(ByHand.record("a", "b"), 10, ByHand.A, "theirs"));

        assertThat(node.did(DiskRequest.TakeCheckpoint.class)).isTrue();
        assertThat(node.everDid(Action.Dial.class)).isFalse();
    }

    @Test
    void fullDiskAsksToBeReplaced() {
        ByHand node = ByHand.inStep();
        node.frame(node.dialled(), entry(node.disk, 2));

        node.disk(DiskRequest.Append.class, new DiskAnswer.Failed(DiskAnswer.Trouble.FULL, "no room"));

        assertThat(node.did(Frame.SwapMeOut.class)).isTrue();
        assertThat(node.did(Action.HangUp.class)).isTrue();
        assertThat(node.everDid(Frame.Ack.class)).isTrue();
        assertThat(node.did(Frame.Ack.class)).isFalse();
    }

    @Test
    void resetStreamAndRefusedProbeEndTheMastersSessionAtOnce() {
        ByHand node = ByHand.inStep();

        node.hear(now -> new Event.Disconnected(now, node.dialled(), Event.Cause.RESET));
        long probe = node.ticket(Action.Probe.class);
        node.hear(now -> new Event.ProbeAnswered(now, probe, new ProbeOutcome.Refused()));

        assertThat(node.last(LockRequest.DestroySession.class).session()).isEqualTo("theirs");
        node.answer(LockRequest.DestroySession.class, new LockAnswer.Done(0));
        assertThat(node.did(LockRequest.Promote.class)).isTrue();
    }

    @Test
    void resetStreamOfALivingMasterEndsNothing() {
        ByHand node = ByHand.inStep();
        node.hear(now -> new Event.Disconnected(now, node.dialled(), Event.Cause.RESET));
        long probe = node.ticket(Action.Probe.class);

        node.hear(now -> new Event.ProbeAnswered(now, probe, new ProbeOutcome.Silent("no answer")));
        node.wait(Duration.ofSeconds(2));

        assertThat(node.everDid(LockRequest.DestroySession.class)).isFalse();
    }
}
