// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Sight;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.operator.Alarm;

/**
 * Everything the machine knows. It never changes for those who hold it: {@link RoleMachine} works on a copy. Reading is
 * safe from any thread to which it was handed over safely.
 */
public final class State {
    final NodeSettings settings;
    DiskView disk;

    /** Known to be committed. */
    long commitSeq;

    /** When the event before was handed over. */
    long now = Long.MIN_VALUE;

    long tickets;
    long connections;
    final TreeMap<Long, Errand> errands = new TreeMap<>();
    final Map<Alarm.Kind, Alarm> alarms = new TreeMap<>();

    Lease lease = Lease.NONE;
    /** As seen last; null before the first time. */
    @Nullable GroupSnapshot group;

    /**
     * The newest record that was ever seen, with its index: whether the lock service went back; null before the first.
     */
    @Nullable GroupRecord newest;

    long newestIndex;

    /** Sessions known to be ended though a snapshot may still show them. */
    final TreeSet<String> ended = new TreeSet<>();

    /** Sessions of this node, or of a former process of it, that are to be ended. */
    final TreeSet<String> spent = new TreeSet<>();

    Duty duty = new Follow();
    @Nullable Refusal refusal;
    /** Why the disk may not be promoted; cleared by a checkpoint. */
    @Nullable String quarantine;
    /**
     * A session under this node's name that is not this process's: until it is known what it is, the node keeps still.
     */
    @Nullable String twin;

    long twinAt = Long.MIN_VALUE;
    @Nullable NodeReport announced;
    boolean announcing;
    long announceAt = Long.MIN_VALUE;
    long readAt = Long.MIN_VALUE;
    long buryAt = Long.MIN_VALUE;
    long candidateAt = Long.MIN_VALUE;
    long retained = -1;
    /** Since when nobody can be promoted; {@link Long#MIN_VALUE} while somebody can. */
    long strandedSince = Long.MIN_VALUE;

    /** No step-down because of a full disk before. */
    long handOverAt = Long.MIN_VALUE;

    /**
     * See {@link #ceased()}. Never above what the disk has promised, so that no later reign is covered (rules 4 and 6).
     */
    Epoch ceased;

    /** A master from which this node took over, or is about to. */
    @Nullable NodeId gone;

    /** The process is about to end: the node is not promoted any more. */
    boolean stopping;

    /** The order that waits for this node not to be counted on any more. */
    @Nullable Long stopOrder;

    long stopDeadline = Long.MAX_VALUE;
    /** A comparison of all nodes' disks that an operator asked for. */
    @Nullable Reseed reseed;

    private State(NodeSettings settings, DiskView disk) {
        this.settings = settings;
        this.disk = disk;
        ceased = disk.promised();
    }

    /**
     * The state of a process that begins.
     *
     * @param disk as it was opened
     */
    public static State initial(NodeSettings settings, DiskView disk) {
        State state = new State(settings, disk);
        state.commitSeq = disk.appliedSeq();
        state.quarantine = disk.damage();
        return state;
    }

    State copy() {
        State copy = new State(settings, disk);
        copy.commitSeq = commitSeq;
        copy.now = now;
        copy.tickets = tickets;
        copy.connections = connections;
        copy.errands.putAll(errands);
        copy.alarms.putAll(alarms);
        copy.lease = lease;
        copy.group = group;
        copy.ended.addAll(ended);
        copy.spent.addAll(spent);
        copy.duty = duty.copy();
        copy.refusal = refusal;
        copy.quarantine = quarantine;
        copyTimers(copy);
        return copy;
    }

    private void copyTimers(State copy) {
        copy.newest = newest;
        copy.newestIndex = newestIndex;
        copy.twin = twin;
        copy.twinAt = twinAt;
        copy.announced = announced;
        copy.announcing = announcing;
        copy.announceAt = announceAt;
        copy.readAt = readAt;
        copy.buryAt = buryAt;
        copy.candidateAt = candidateAt;
        copy.retained = retained;
        copy.strandedSince = strandedSince;
        copy.handOverAt = handOverAt;
        copy.ceased = ceased;
        copy.gone = gone;
        copy.stopping = stopping;
        copy.stopOrder = stopOrder;
        copy.stopDeadline = stopDeadline;
        copy.reseed = reseed;
    }

    /** This node with its disk. */
    Member self() {
        return new Member(settings.node(), disk.store());
    }

    /** The group's record as seen last; null if there is none, or none was seen. */
    @Nullable GroupRecord record() {
        return group == null ? null : group.record();
    }

    boolean isMember() {
        GroupRecord record = record();
        return record != null && record.isMember(self());
    }

    /** The session that holds the lock as far as known, or null. */
    @Nullable String lockHolder() {
        String holder = group == null ? null : group.lockHolder();
        return holder == null || ended.contains(holder) ? null : holder;
    }

    /** How the node sees itself; built anew by every call. */
    public Status status() {
        return StatusView.of(this);
    }

    /** The connections of the followers that a commit of this node waits for; empty unless it is master. */
    public Set<ConnectionId> awaited() {
        return duty instanceof Reign reign ? reign.awaited() : Set.of();
    }

    /**
     * Reigns of this node up to this epoch are over, of this process and of former ones: none of them is served any
     * more, none ever will be, and their session in the lock service is given up. In answer to a probe.
     */
    public Epoch ceased() {
        return ceased;
    }

    /** How it sees another node, in answer to a probe. */
    public Sight sightOf(NodeId node, long now) {
        return StatusView.sight(this, node, now);
    }
}
