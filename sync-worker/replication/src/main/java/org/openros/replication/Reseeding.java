// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.OrderAnswer;

/**
 * Writes a lost record again (group protocol, "Consul outage"). Which nodes were members is not known any more, so all
 * configured nodes are compared: everything that was acknowledged is on the disk whose log is furthest, by epoch and
 * then by number, for an epoch's entries come from one master. That disk becomes the only member, and others join it as
 * ever.
 */
final class Reseeding {
    private Reseeding() {}

    static void begin(Turn turn, long order) {
        State state = turn.state;
        GroupSnapshot group = state.group;
        String obstacle = group == null ? "the lock service has not been reached yet" : obstacle(turn, group);
        if (obstacle != null || group == null) {
            turn.answer(order, new OrderAnswer.Refused(String.valueOf(obstacle)));
            return;
        }
        List<NodeId> others = turn.settings().nodes().stream().filter(node -> !turn.isMe(node)).toList();
        state.reseed = new Reseed(order, others, List.of(StatusView.report(state)));
        for (NodeId node : others) {
            GroupSnapshot.Presence presence = group.presence(node);
            if (presence != null) {
                long ticket = turn.ticket(new Errand.ProbeForReseed(order, node));
                turn.does(new Action.Probe(ticket, presence.replication(), turn.settings().node()));
            }
        }
        finish(turn);
    }

    private static @Nullable String obstacle(Turn turn, GroupSnapshot group) {
        State state = turn.state;
        GroupRecord record = group.record();
        if (state.reseed != null) {
            return "the disks are being compared already";
        }
        boolean isOld = state.refusal != null && state.refusal.reason() == RefusalReason.RECORD_OLD;
        if (record != null && !isOld && promised(state, group).compareTo(record.epoch()) <= 0) {
            return "the lock service has a record of epoch " + record.epoch()
                    + " that fits the disks: nothing to write";
        }
        for (NodeId node : turn.settings().nodes()) {
            if (!turn.isMe(node) && group.presence(node) == null) {
                return "node " + node + " is not there, and what it holds has to be compared too: start it first";
            }
        }
        return null;
    }

    /** The highest epoch that this node or one that is there has promised. */
    static Epoch promised(State state, GroupSnapshot group) {
        return Stream.concat(Stream.of(state.disk.promised()),
                group.nodes().stream().map(node -> node.report().promised()))
                .max(Comparator.naturalOrder()).orElseThrow();
    }

    static void probed(Turn turn, Errand.ProbeForReseed probe, ProbeOutcome outcome) {
        Reseed reseed = turn.state.reseed;
        if (reseed == null || reseed.order() != probe.order()) {
            return;
        }
        if (outcome instanceof ProbeOutcome.Answered answered && answered.report().node().equals(probe.node())) {
            turn.state.reseed = reseed.with(answered.report());
            finish(turn);
        } else {
            refuse(turn, reseed, "node " + probe.node() + " did not answer, and what it holds has to be compared too");
        }
    }

    private static void refuse(Turn turn, Reseed reseed, String why) {
        turn.state.reseed = null;
        turn.answer(reseed.order(), new OrderAnswer.Refused(why));
    }

    private static void finish(Turn turn) {
        Reseed reseed = turn.state.reseed;
        if (reseed == null || !reseed.waiting().isEmpty() || turn.state.group == null) {
            return;
        }
        List<NodeReport> holders = reseed.reports().stream().filter(report -> report.lineage() != null).toList();
        String obstacle = conflict(turn, reseed.reports(), holders);
        if (obstacle != null) {
            refuse(turn, reseed, obstacle);
            return;
        }
        turn.state.reseed = null;
        NodeReport best = holders.stream().max(Comparator.comparing((NodeReport report) -> report.last().epoch())
                .thenComparingLong(report -> report.last().seq())
                .thenComparing(NodeReport::node, Comparator.reverseOrder())).orElseThrow();
        write(turn, reseed, best);
    }

    private static @Nullable String conflict(Turn turn, List<NodeReport> all, List<NodeReport> holders) {
        if (holders.isEmpty()) {
            return "no disk has data: the group makes its record by itself";
        }
        if (holders.stream().map(NodeReport::lineage).distinct().count() > 1) {
            return "the disks hold different histories: " + texts(holders) + "; remove those that do not belong here";
        }
        List<NodeReport> foreign = all.stream()
                .filter(report -> !report.group().equals(turn.settings().group())).toList();
        return foreign.isEmpty() ? null : "these belong to other groups: " + texts(foreign);
    }

    private static String texts(List<NodeReport> reports) {
        List<String> texts = new ArrayList<>();
        reports.forEach(report ->
                texts.add(report.node() + " " + report.lineage() + " at " + report.last().epoch() + "/"
                + report.last().seq()));
        return texts.toString();
    }

    private static void write(Turn turn, Reseed reseed, NodeReport best) {
        State state = turn.state;
        GroupSnapshot group = state.group;
        if (group == null || best.lineage() == null) {
            return;
        }
        Epoch epoch = reseed.reports().stream().map(NodeReport::promised).max(Comparator.naturalOrder()).orElseThrow();
        int level = reseed.reports().stream().mapToInt(NodeReport::formatLevel).min().orElseThrow();
        GroupRecord record = new GroupRecord(turn.settings().group(), best.lineage(), epoch, null,
                Set.of(new Member(best.node(), best.store())), level, "reseeded from the disk of " + best.node());
        turn.ask(new LockRequest.ReplaceRecord(record, group.recordIndex(), group.orders(), group.ordersIndex()),
                new Errand.ReplaceRecord(reseed.order(),
                        "the record was written from the disk of " + best.node() + ", at "
                        + best.last().epoch() + "/" + best.last().seq() + "; compared: " + texts(reseed.reports())));
    }
}
