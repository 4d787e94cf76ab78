// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;

/**
 * How a node sees itself and its group, for people, probes and metrics. The machine never reads it.
 *
 * @param report what the node says of itself to others
 * @param master of the group as far as known
 * @param members of the record, in order of names
 * @param required nodes that a commit waits for, in order of names; empty unless this node is master
 * @param commitSeq known to be committed
 * @param last newest durable entry
 * @param followers of this node, in order of names; empty unless it is master
 * @param alarms that stand
 * @param paused whether takeovers are switched off
 * @param inStep whether the node may be counted on: a master that serves, or a follower that acknowledges
 * @param notServing why the group's clients are not served by this node; null if they are
 */
public record Status(
        NodeReport report,
        @Nullable NodeId master,
        List<Member> members,
        List<NodeId> required,
        long commitSeq,
        Position last,
        List<FollowerStatus> followers,
        List<Alarm> alarms,
        boolean paused,
        boolean inStep,
        @Nullable String notServing) {
    /**
     * A follower as its master sees it.
     *
     * @param ackedSeq everything up to there is on its disk
     * @param lag entries of the master's disk that are not on its
     */
    public record FollowerStatus(Member member, boolean inStep, long ackedSeq, long lag) {}

    /** What the node is now. */
    public Role role() {
        return report.role();
    }

    /** The reign it is in. */
    public Epoch epoch() {
        return report.epoch();
    }
}
