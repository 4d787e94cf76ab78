// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.membership.Membership;

/** Being master: from the promotion's transaction until the end begins. */
final class Reign implements Duty {
    enum Phase {
        /** The disk promises the epoch (rule 6). */
        PROMISING,
        /** The disk begins to write at the epoch. */
        OPENING,
        /** What was inherited is being committed. */
        ESTABLISHING,
        SERVING,
        /** Uploads under way are finished before a planned step-down. */
        DRAINING
    }

    final Epoch epoch;
    final String session;
    Membership membership;
    Phase phase = Phase.PROMISING;

    /** Newest entry of the log when the reign began: everything committed before is up to there. */
    Position inherited = Position.START;

    /** Which epoch wrote what, with this one. */
    EpochTable epochs = EpochTable.EMPTY;

    /** When the disk began to write at this epoch. */
    long openedAt;

    /** Flushed on this node's disk. */
    long durable;

    /** Committed in this reign; 0 before the first time. */
    long committed;

    /** Known to be committed when the reign began: members have at least that in common with this log. */
    long retained;

    /** By node; one connection each. */
    final Map<NodeId, Follower> followers = new TreeMap<>();

    /** When a member that is not in step counts as lost. */
    final Map<NodeId, Absence> absent = new TreeMap<>();

    /** What disks acknowledged last in this reign, on whatever connection. */
    final Map<Member, Long> lastAcked = new HashMap<>();

    /** The change under way replaces a member that was lost: it is not needed if that comes back. */
    boolean urgent;

    /** Whose refusal an alarm tells of. */
    @Nullable NodeId refusedFollower;

    /** The master before is known to be gone, or silent for long: it gets no grace. */
    @Nullable NodeId gone;

    long nonce;
    long heartbeatAt = Long.MIN_VALUE;
    long statusAt = Long.MIN_VALUE;
    boolean publishing;

    /** When a proposal is sent again; never while one is on its way. */
    long proposeAt = Long.MAX_VALUE;

    @Nullable LeadershipCheck check;
    List<Confirmation> confirmations = List.of();
    Slowness slowness = Slowness.NONE;

    /** Members that asked to be replaced, or whom an operator wants replaced, with the reason. */
    final Map<NodeId, String> leaving = new TreeMap<>();

    @Nullable StepDown stepDown;

    /** To be answered when the backup is another one. */
    @Nullable Long replaceOrder;

    /**
     * A member that is not in step.
     *
     * @param since when it was last
     * @param lostAt when a spare may take its place
     */
    record Absence(long since, long lostAt) {}

    /**
     * Somebody who waits to know whether this node is still master (rule 15).
     *
     * @param askedAt what was learnt before does not count
     * @param nonce acknowledgements of this heartbeat, or a later one, came after the question
     */
    record Confirmation(long ticket, long askedAt, long nonce, long deadline) {}

    /**
     * A planned end.
     *
     * @param order to answer, or null
     * @param deadline it goes on then whatever is not acknowledged
     * @param drainDeadline uploads under way are not waited for any more
     * @param drained whether no upload is under way any more
     */
    record StepDown(@Nullable Long order, String why, long deadline, long drainDeadline, boolean drained) {
        StepDown withDrained() {
            return new StepDown(order, why, deadline, drainDeadline, true);
        }
    }

    Reign(Epoch epoch, String session, Membership membership) {
        this.epoch = epoch;
        this.session = session;
        this.membership = membership;
    }

    @Override
    public Reign copy() {
        Reign copy = new Reign(epoch, session, membership);
        copy.phase = phase;
        copy.inherited = inherited;
        copy.epochs = epochs;
        copy.openedAt = openedAt;
        copy.durable = durable;
        copy.committed = committed;
        copy.retained = retained;
        followers.forEach((node, follower) -> copy.followers.put(node, follower.copy()));
        copy.absent.putAll(absent);
        copy.lastAcked.putAll(lastAcked);
        copy.urgent = urgent;
        copy.gone = gone;
        copy.refusedFollower = refusedFollower;
        copy.nonce = nonce;
        copy.heartbeatAt = heartbeatAt;
        copy.statusAt = statusAt;
        copy.publishing = publishing;
        copy.proposeAt = proposeAt;
        copy.check = check;
        copy.confirmations = confirmations;
        copy.slowness = slowness;
        copy.leaving.putAll(leaving);
        copy.stepDown = stepDown;
        copy.replaceOrder = replaceOrder;
        return copy;
    }

    /** Whether the disk writes at this epoch. */
    boolean isOpen() {
        return phase.compareTo(Phase.ESTABLISHING) >= 0;
    }

    /** The follower on a connection, or null. */
    @Nullable Follower on(ConnectionId connection) {
        for (Follower follower : followers.values()) {
            if (follower.connection.equals(connection)) {
                return follower;
            }
        }
        return null;
    }

    /** Whether that very disk acknowledges. */
    boolean isInStep(Member member) {
        Follower follower = followers.get(member.node());
        return follower != null && follower.isInStep() && follower.member.equals(member);
    }

    /** Followers in step that are not members, in order of names. */
    List<Follower> spares() {
        List<Follower> spares = new ArrayList<>();
        for (Follower follower : followers.values()) {
            if (follower.isInStep() && !membership.record().isMember(follower.member)) {
                spares.add(follower);
            }
        }
        return spares;
    }

    /** The connections of the followers that a commit waits for. */
    Set<ConnectionId> awaited() {
        return followers.values().stream()
                .filter(follower -> membership.required().contains(follower.member))
                .map(follower -> follower.connection)
                .collect(Collectors.toUnmodifiableSet());
    }
}
