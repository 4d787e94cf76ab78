// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;
import org.openros.replication.operator.Order;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules 1 to 4 and 6 of the group protocol, and a promotion whose outcome is in doubt. */
class PromotionTest {
    private static final LockAnswer IN_DOUBT = new LockAnswer.Failed(true, "no answer");

    private static ByHand seeing(GroupSnapshot group) {
        ByHand node = new ByHand(ByHand.disk("b"));
        node.see(group);
        node.open();
        return node;
    }

    private static ByHand candidate() {
        return seeing(ByHand.free(ByHand.record("a", "b"), 10));
    }

    @Test
    void memberWithAnotherStoreCannotPromote() {
        GroupRecord record = ByHand.record("a", "b").withMembers(
                Set.of(ByHand.member("a"), new Member(ByHand.B, ByHand.store("z"))), "wiped");

        assertThat(seeing(ByHand.free(record, 10)).everDid(LockRequest.Promote.class)).isFalse();
    }

    @Test
    void nodeThatIsNoMemberCannotPromote() {
        assertThat(seeing(ByHand.free(ByHand.record("a", "c"), 10)).everDid(LockRequest.Promote.class)).isFalse();
    }

    @Test
    void nobodyPromotesWhileTheLockIsHeld() {
        assertThat(ByHand.follower().everDid(LockRequest.Promote.class)).isFalse();
    }

    @Test
    void nobodyPromotesWithoutASession() {
        ByHand node = new ByHand(ByHand.disk("b"));
        node.see(ByHand.free(ByHand.record("a", "b"), 10));

        assertThat(node.everDid(LockRequest.Promote.class)).isFalse();
    }

    @Test
    void promotionRaisesTheEpochAtTheIndexThatWasReadAndKeepsTheMembers() {
        LockRequest.Promote promote = candidate().last(LockRequest.Promote.class);

        assertThat(promote.session()).isEqualTo(ByHand.SESSION);
        assertThat(promote.recordIndex()).isEqualTo(10);
        assertThat(promote.record().epoch()).isEqualTo(new Epoch(2));
        assertThat(promote.record().master()).isEqualTo(ByHand.B);
        assertThat(promote.record().members()).isEqualTo(ByHand.record("a", "b").members());
    }

    @Test
    void newMasterHasItsPromiseOnDiskBeforeItWrites() {
        ByHand node = ByHand.elected();
        assertThat(node.last(DiskRequest.Promise.class).epoch()).isEqualTo(new Epoch(2));
        assertThat(node.everDid(DiskRequest.Lead.class)).isFalse();

        node.disk.promised = new Epoch(2);
        node.done(DiskRequest.Promise.class);

        assertThat(node.last(DiskRequest.Lead.class).epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void newMasterServesOnlyWhenWhatItInheritedIsCommitted() {
        ByHand node = ByHand.master();
        assertThat(node.state.status().role()).isEqualTo(Role.PROMOTING);
        assertThat(node.everDid(Action.Serve.class)).isFalse();

        node.hear(now -> new Event.Established(now, new Epoch(2)));

        assertThat(node.did(Action.Serve.class)).isTrue();
        assertThat(node.state.status().role()).isEqualTo(Role.MASTER);
    }

    @Test
    void refusedPromotionIsTriedAgainWithWhatARead() {
        ByHand node = candidate();

        node.answer(LockRequest.Promote.class, new LockAnswer.Refused("index"));

        assertThat(node.everDid(LockRequest.ReadGroup.class)).isTrue();
        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(ByHand.free(ByHand.record("a", "b"), 12)));
        assertThat(node.last(LockRequest.Promote.class).recordIndex()).isEqualTo(12);
    }

    @Test
    void promotionInDoubtIsSentAgainUnchanged() {
        ByHand node = candidate();
        LockRequest.Promote first = node.last(LockRequest.Promote.class);
        long ticket = node.ticket(LockRequest.Promote.class);

        node.answer(LockRequest.Promote.class, IN_DOUBT);
        node.wait(Duration.ofMillis(1100));

        assertThat(node.last(LockRequest.Promote.class)).isEqualTo(first);
        assertThat(node.ticket(LockRequest.Promote.class)).isGreaterThan(ticket);
    }

    @Test
    void promotionInDoubtIsRecognisedInTheRecord() {
        ByHand node = candidate();
        GroupRecord proposal = node.last(LockRequest.Promote.class).record();
        node.answer(LockRequest.Promote.class, IN_DOUBT);

        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(
                ByHand.held(proposal, 11, ByHand.B, ByHand.SESSION)));

        assertThat(node.everDid(DiskRequest.Promise.class)).isTrue();
        assertThat(node.state.status().epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void promotionInDoubtIsGivenUpOnlyWhenTheRecordHasMovedOn() {
        ByHand node = candidate();
        node.answer(LockRequest.Promote.class, IN_DOUBT);
        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(node.group));
        assertThat(node.state.status().role()).isEqualTo(Role.PROMOTING);

        GroupRecord others = ByHand.record("a", "b").promoted(ByHand.A, "the lock was free");
        node.see(ByHand.held(others, 12, ByHand.A, "theirs"));

        assertThat(node.state.status().role()).isEqualTo(Role.JOINING);
    }

    @Test
    void pausedGroupIsLeftToTheNodeThatWasMaster() {
        GroupRecord record = ByHand.record("a", "b");
        GroupSnapshot paused = new GroupSnapshot(record, 10, null, new Orders(true, Set.of()), 5, List.of());

        assertThat(seeing(paused).everDid(LockRequest.Promote.class)).isFalse();
        GroupSnapshot mine =
                paused.withRecord(new GroupRecord(record.group(), record.lineage(), record.epoch(), ByHand.B,
                record.members(), 1, "test"), 11);
        assertThat(seeing(mine).everDid(LockRequest.Promote.class)).isTrue();
    }

    @Test
    void nodeThatIsAboutToStopIsNotPromoted() {
        ByHand node = ByHand.follower();
        node.hear(now -> new Event.Ordered(now, 1, new Order.PrepareStop()));

        node.see(ByHand.free(ByHand.record("a", "b"), 10));

        assertThat(node.everDid(LockRequest.Promote.class)).isFalse();
    }
}
