// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

/** The first configured node writes the record, once all configured nodes are there with empty disks. */
final class FirstStart {
    private static final int MEMBERS = 2;

    private FirstStart() {}

    static void review(Turn turn, GroupSnapshot group) {
        if (turn.isMe(turn.settings().nodes().getFirst())
                && obstacle(turn.state, group) == null && !turn.awaits(Errand.CreateRecord.class)) {
            turn.ask(new LockRequest.CreateRecord(record(turn.settings(), group)), new Errand.CreateRecord());
        }
    }

    /** What the first start waits for, or null. */
    static @Nullable String obstacle(State state, GroupSnapshot group) {
        if (!state.disk.isNew()) {
            return "the disk has data and the lock service no record";
        }
        for (NodeId node : state.settings.nodes()) {
            GroupSnapshot.Presence presence = group.presence(node);
            if (presence == null) {
                return "the group's first start waits for node " + node;
            }
            if (presence.report().lineage() != null) {
                return "node " + node + " has data and the lock service no record: see ros group reseed-record";
            }
        }
        return null;
    }

    private static GroupRecord record(NodeSettings settings, GroupSnapshot group) {
        List<NodeReport> reports = group.nodes().stream().map(GroupSnapshot.Presence::report).toList();
        Set<Member> members = new HashSet<>();
        for (NodeId node : settings.nodes().subList(0, Math.min(MEMBERS, settings.nodes().size()))) {
            reports.stream().filter(report -> report.node().equals(node))
                    .forEach(report -> members.add(new Member(node, report.store())));
        }
        int level = reports.stream().mapToInt(NodeReport::formatLevel).min().orElse(settings.formatLevel());
        return new GroupRecord(settings.group(), settings.firstLineage(), Epoch.NONE, null, members, level,
                "first start");
    }

    static void created(Turn turn, LockAnswer answer) {
        turn.state.readAt = answer instanceof LockAnswer.Done
                ? turn.state.readAt : turn.now + turn.timing().retryEvery().toNanos();
    }
}
