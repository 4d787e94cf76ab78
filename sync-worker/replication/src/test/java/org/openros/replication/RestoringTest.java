// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.log.Position;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;

import static org.assertj.core.api.Assertions.assertThat;

/** Node b, when the lock service comes back with an earlier record of the epoch that all disks have promised. */
class RestoringTest {
    private static ByHand present(GroupRecord record, long index) {
        ByHand node = new ByHand(ByHand.disk("b"));
        node.see(ByHand.held(record, index, ByHand.A, "theirs"));
        node.open();
        return node;
    }

    /** The watch shows it, and a consistent read, asked because of that, too. */
    private static void restore(ByHand node, GroupSnapshot group) {
        node.see(group);
        node.wait(Duration.ofMillis(1100));
        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(group));
    }

    private static void assertRefused(ByHand node, String because) {
        node.wait(Duration.ofSeconds(5));
        assertThat(node.everDid(LockRequest.Promote.class)).isFalse();
        assertThat(node.state.status().role()).isEqualTo(Role.REFUSED);
        assertThat(node.state.status().alarms()).anySatisfy(alarm ->
                assertThat(alarm.message()).startsWith("RECORD_OLD").contains(because).contains("reseed-record"));
    }

    private static GroupSnapshot.Presence report(String node, Role role, Lineage lineage, long committed) {
        NodeReport report = new NodeReport(ByHand.settings(ByHand.B).group(), ByHand.member(node).node(),
                ByHand.store(node), 7,
                role, new Epoch(1), lineage, new Epoch(1), new Position(new Epoch(1), 9, Position.START.hash()),
                committed, 1);
        return new GroupSnapshot.Presence(report, MemoryLock.address(report.node()), "of " + node);
    }

    private static GroupSnapshot free(GroupSnapshot.Presence other) {
        return new GroupSnapshot(ByHand.record("a", "b"), 10, null, Orders.NONE, 0, List.of(other));
    }

    @Test
    void evictedNodeThatTheRecordNamesAgainWaitsForAnOperator() {
        ByHand node = present(ByHand.record("a", "c"), 20);

        restore(node, ByHand.free(ByHand.record("a", "b"), 10));

        assertRefused(node, "[a, c]");
    }

    @Test
    void formerRecordWithTheSameMembersIsFollowed() {
        ByHand node = present(ByHand.record("a", "b"), 20);

        restore(node, ByHand.free(ByHand.record("a", "b"), 10));

        assertThat(node.state.status().role()).isNotEqualTo(Role.REFUSED);
    }

    @Test
    void nodeThatHasSeenALaterEpochWaitsThoughItsDiskHasNotPromisedIt() {
        ByHand node = present(ByHand.record("a", "b").promoted(ByHand.A, "test"), 20);

        restore(node, ByHand.free(ByHand.record("a", "b"), 10));

        assertRefused(node, "epoch 2");
    }

    @Test
    void recordThatAnOperatorWroteEndsTheWait() {
        ByHand node = present(ByHand.record("a", "c"), 20);
        restore(node, ByHand.free(ByHand.record("a", "b"), 10));
        GroupRecord before = ByHand.record("b");
        GroupRecord reseeded = new GroupRecord(before.group(), before.lineage(), before.epoch(), null, before.members(),
                1, "reseeded");

        // A lock service that was wiped counts from the beginning.
        node.see(ByHand.free(reseeded, 11));
        node.wait(Duration.ofMillis(1100));
        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(ByHand.free(reseeded, 11)));

        assertThat(node.state.status().alarms()).isEmpty();
        assertThat(node.everDid(LockRequest.Promote.class)).isTrue();
    }

    @Test
    void promotionByAnotherMemberEndsTheWait() {
        ByHand node = present(ByHand.record("a", "c"), 20);
        restore(node, ByHand.free(ByHand.record("a", "b"), 10));
        GroupSnapshot promoted =
                ByHand.held(ByHand.record("a", "b").promoted(ByHand.A, "test"), 30, ByHand.A, "theirs");

        node.see(promoted);
        node.wait(Duration.ofMillis(1100));
        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(promoted));

        assertThat(node.state.status().role()).isNotEqualTo(Role.REFUSED);
    }

    @Test
    void refusedNodeTakesTheOrderToWriteTheRecord() {
        ByHand node = present(ByHand.record("a", "c"), 20);
        restore(node, ByHand.free(ByHand.record("a", "b"), 10));

        node.hear(now -> new Event.Ordered(now, 5, new Order.ReseedRecord()));

        assertThat(node.last(Action.AnswerOrder.class).answer()).isInstanceOfSatisfying(OrderAnswer.Refused.class,
                refused -> assertThat(refused.message()).contains("is not there").doesNotContain("nothing to write"));
    }

    @Test
    void memberThatLacksWhatAnotherKnowsToBeCommittedIsNotPromoted() {
        ByHand node = new ByHand(ByHand.disk("b"));
        GroupSnapshot group = free(report("c", Role.REFUSED, ByHand.LINEAGE, 9));
        node.see(group);
        node.open();
        assertThat(node.everDid(LockRequest.Promote.class)).isFalse();

        restore(node, group);

        assertRefused(node, "node c");
    }

    @Test
    void whatADiskOfAnotherHistoryOrInQuarantineSaysDoesNotCount() {
        for (GroupSnapshot.Presence other : List.of(report("c", Role.JOINING, ByHand.OTHER, 9),
                report("c", Role.QUARANTINED, ByHand.LINEAGE, 9), report("c", Role.SPARE, ByHand.LINEAGE, 2))) {
            ByHand node = new ByHand(ByHand.disk("b"));
            node.see(free(other));
            node.open();

            assertThat(node.everDid(LockRequest.Promote.class)).as("%s", other).isTrue();
        }
    }
}
