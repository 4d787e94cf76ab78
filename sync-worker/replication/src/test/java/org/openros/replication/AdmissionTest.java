// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.GroupSnapshot.Presence;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;
import org.openros.replication.operator.Alarm;

import static org.assertj.core.api.Assertions.assertThat;

/** Misuse is refused with its name and the remedy, and no data is touched. */
class AdmissionTest {
    private ByHand node = new ByHand(ByHand.disk("b"));

    @AfterEach
    void nothingWasTouched() {
        assertThat(node.all).noneMatch(Action.Disk.class::isInstance);
        assertThat(node.everDid(LockRequest.Promote.class)).isFalse();
        assertThat(node.everDid(LockRequest.CreateRecord.class)).isFalse();
        assertThat(node.everDid(Action.Dial.class)).isFalse();
    }

    private static GroupSnapshot with(Presence... nodes) {
        return new GroupSnapshot(ByHand.record("a", "b"), 10, null, Orders.NONE, 0, List.of(nodes));
    }

    private static Presence presence(String name, StoreId store, long incarnation) {
        NodeId id = new NodeId(name);
        NodeReport report = new NodeReport(GroupId.DEFAULT, id, store, incarnation, Role.JOINING, Epoch.NONE,
                ByHand.LINEAGE,
                new Epoch(1), ByHand.disk("a").last(), 1, 1);
        return new Presence(report, MemoryLock.address(id), "session-" + name + incarnation);
    }

    private void assertRefused(String reason, String remedy) {
        assertThat(node.state.status().role()).isEqualTo(Role.REFUSED);
        Alarm alarm = node.state.status().alarms().getFirst();
        assertThat(alarm.kind()).isEqualTo(Alarm.Kind.REFUSED);
        assertThat(alarm.message()).startsWith(reason).contains(remedy);
        node.open();
        node.wait(Duration.ofSeconds(1));
    }

    @Test
    void diskOfAnotherGroupIsRefused() {
        MemoryDisk disk = new MemoryDisk(new GroupId("other"), ByHand.B);
        node = new ByHand(disk);

        node.see(GroupSnapshot.EMPTY);

        assertRefused("WRONG_GROUP", "ros.worker.group");
    }

    @Test
    void diskOfAnotherNodeIsRefused() {
        node = new ByHand(ByHand.disk("a"), ByHand.settings(ByHand.B));

        node.see(ByHand.free(ByHand.record("a", "b"), 10));

        assertRefused("WRONG_NODE", "ros.worker.data");
    }

    @Test
    void prefixOfAnotherClusterIsRefused() {
        GroupRecord record = ByHand.record("a", "b").withMembers(
                Set.of(ByHand.member("b"), new Member(new NodeId("x"), ByHand.store("x"))), "other");

        node.see(ByHand.free(record, 10));

        assertRefused("OTHER_CLUSTER", "ros.consul.prefix");
    }

    @Test
    void unknownNodeUnderThePrefixIsAnotherCluster() {
        node.see(with(presence("x", ByHand.store("x"), 5)));

        assertRefused("OTHER_CLUSTER", "ros.worker.nodes");
    }

    @Test
    void otherHistoryIsRefused() {
        node.disk.lineage = ByHand.OTHER;
        node = new ByHand(node.disk);

        node.see(ByHand.free(ByHand.record("a", "b"), 10));

        assertRefused("WRONG_LINEAGE", "ros.worker.data");
    }

    @Test
    void newerLogFormatIsRefused() {
        GroupRecord record = ByHand.record("a", "b");

        node.see(ByHand.free(new GroupRecord(record.group(), record.lineage(), record.epoch(), record.master(),
                record.members(), 2, "newer"), 10));

        assertRefused("FORMAT_TOO_OLD", "upgrade");
    }

    @Test
    void copiedDiskIsRefused() {
        node = new ByHand(ByHand.disk("c"));

        node.see(with(presence("a", ByHand.store("c"), 5)));

        assertRefused("CLONED_DISK", "empty");
    }

    @Test
    void secondProcessWithTheSameNameIsRefused() {
        node.see(with(presence("b", ByHand.store("b"), 5)));
        long probe = node.ticket(Action.Probe.class);
        node.hear(now -> new Event.ProbeAnswered(now, probe, new ProbeOutcome.Answered(
                presence("b", ByHand.store("b"), 5).report(), Sight.UNKNOWN, Epoch.NONE)));

        assertRefused("DUPLICATE_NODE", "ros.worker.node");
        assertThat(node.everDid(LockRequest.Announce.class)).isFalse();
    }

    @Test
    void dataWithoutARecordWaitsForAnOperator() {
        node.see(GroupSnapshot.EMPTY);
        node.wait(Duration.ofMillis(1100));
        assertThat(node.state.status().role()).isEqualTo(Role.STARTING);

        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(GroupSnapshot.EMPTY));

        assertRefused("RECORD_MISSING", "reseed-record");
    }

    @Test
    void recordBehindThePromiseWaitsForAnOperator() {
        node.disk.promised = new Epoch(5);
        node = new ByHand(node.disk);
        node.see(ByHand.free(ByHand.record("a", "b"), 10));
        node.wait(Duration.ofMillis(1100));

        node.answer(LockRequest.ReadGroup.class, new LockAnswer.Read(node.group));

        assertRefused("RECORD_OLD", "reseed-record");
    }

    @Test
    void firstStartWaitsForAllNodes() {
        node = new ByHand(new MemoryDisk(GroupId.DEFAULT, ByHand.A));

        node.see(GroupSnapshot.EMPTY);
        node.open();
        node.wait(Duration.ofSeconds(3));

        assertThat(node.state.status().notServing()).contains("waits for node a");
    }
}
