// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.GroupSnapshot.Presence;
import org.openros.replication.operator.Alarm;

/** Whether the node may take part with this name, this disk and this prefix. One that may not touches nothing. */
final class Admission {
    private Admission() {}

    /** Looks at everything again. */
    static void review(Turn turn) {
        State state = turn.state;
        if (state.group != null) {
            lookForTwin(turn, state.group);
        }
        Refusal refusal = verdict(state);
        if (refusal == null) {
            lift(turn);
        } else {
            refuse(turn, refusal);
        }
    }

    private static void lift(Turn turn) {
        Refusal before = turn.state.refusal;
        if (before != null && !isKept(before.reason())) {
            turn.state.refusal = null;
            turn.clear(Alarm.Kind.REFUSED);
        }
    }

    /** These are lifted by a consistent read, or by another probe, only. */
    private static boolean isKept(RefusalReason reason) {
        return switch (reason) {
            case RECORD_MISSING, RECORD_OLD, DUPLICATE_NODE -> true;
            case NOT_MASTER, WRONG_GROUP, WRONG_NODE, UNKNOWN_NODE, OTHER_CLUSTER, WRONG_LINEAGE, CLONED_DISK,
                    FORMAT_TOO_OLD -> false;
        };
    }

    static void refuse(Turn turn, Refusal refusal) {
        turn.state.refusal = refusal;
        turn.raise(Alarm.Kind.REFUSED, refusal.reason() + ": " + refusal.message());
        switch (turn.state.duty) {
            case Follow follow -> Following.hangUp(turn, follow, turn.timing().redial());
            case Reign reign -> Leaving.begin(turn, reign, false, refusal.message());
            case Candidacy candidacy -> { }
            case Leave leave -> { }
        }
    }

    private static @Nullable Refusal verdict(State state) {
        Refusal refusal = ofDisk(state.settings, state.disk);
        GroupSnapshot group = state.group;
        if (refusal == null && group != null) {
            refusal = ofCluster(state, group);
        }
        GroupRecord record = state.record();
        return refusal != null || record == null ? refusal : ofRecord(state, record);
    }

    private static @Nullable Refusal ofDisk(NodeSettings settings, DiskView disk) {
        if (!disk.group().equals(settings.group())) {
            return new Refusal(RefusalReason.WRONG_GROUP, "the data folder belongs to group " + disk.group()
                    + " and this worker is configured for " + settings.group()
                    + ": check ros.worker.group and ros.worker.data");
        }
        if (!disk.node().equals(settings.node())) {
            return new Refusal(RefusalReason.WRONG_NODE, "the data folder was written by node " + disk.node()
                    + " and this one is " + settings.node() + ": check ros.worker.node and ros.worker.data");
        }
        return null;
    }

    private static @Nullable Refusal ofCluster(State state, GroupSnapshot group) {
        List<NodeId> nodes = state.settings.nodes();
        GroupRecord record = group.record();
        if (record != null && !(record.group().equals(state.settings.group()) && nodes.containsAll(record.nodes()))) {
            return new Refusal(RefusalReason.OTHER_CLUSTER, "the lock service has a record of group " + record.group()
                    + " with nodes " + record.nodes() + ", and ros.worker.nodes names " + nodes
                    + ": another cluster uses this prefix, check ros.consul.prefix and ros.worker.nodes");
        }
        for (Presence presence : group.nodes()) {
            if (!nodes.contains(presence.report().node())) {
                return new Refusal(RefusalReason.OTHER_CLUSTER, "node " + presence.report().node() + " at "
                        + presence.replication() + " is there, and ros.worker.nodes names " + nodes
                        + ": another cluster uses this prefix, check ros.consul.prefix and ros.worker.nodes");
            }
            if (isCloneOf(state, presence)) {
                return new Refusal(RefusalReason.CLONED_DISK, "node " + presence.report().node() + " at "
                        + presence.replication() + " has the same store id " + state.disk.store()
                        + ": a data folder was copied; give this node an empty one");
            }
        }
        return null;
    }

    private static boolean isCloneOf(State state, Presence presence) {
        return presence.report().store().equals(state.disk.store())
                && !presence.report().node().equals(state.settings.node()) && !state.isMember();
    }

    private static @Nullable Refusal ofRecord(State state, GroupRecord record) {
        if (record.formatLevel() > state.settings.formatLevel()) {
            return new Refusal(RefusalReason.FORMAT_TOO_OLD, "the group's log has format level " + record.formatLevel()
                    + " and this software reads up to " + state.settings.formatLevel() + ": upgrade this node");
        }
        Lineage lineage = state.disk.lineage();
        if (lineage != null && !lineage.equals(record.lineage()) && !isAbandoned(state)) {
            return new Refusal(RefusalReason.WRONG_LINEAGE, "the data folder holds the history " + lineage
                    + " and the group's is " + record.lineage() + ": check ros.worker.data and ros.consul.prefix,"
                    + " or give this node an empty folder");
        }
        return null;
    }

    /** Whether an operator gave up the history on this disk. */
    static boolean isAbandoned(State state) {
        Lineage lineage = state.disk.lineage();
        return lineage != null && state.group != null && state.group.orders().abandoned().contains(lineage);
    }

    /** Compares the record with the disk; only a consistent read may condemn the lock service. */
    static void compare(Turn turn, GroupSnapshot group, Epoch promised) {
        State state = turn.state;
        GroupRecord record = group.record();
        String restored = Restoring.evidence(state, group);
        if (record == null && !state.disk.isNew()) {
            refuse(turn, new Refusal(RefusalReason.RECORD_MISSING, "the lock service has no record of group "
                    + state.settings.group() + " and this disk has data up to " + state.disk.last().seq()
                    + ": check ros.consul.prefix; if the lock service was wiped, see ros group reseed-record"));
        } else if (record != null && promised.compareTo(record.epoch()) > 0) {
            refuse(turn, new Refusal(RefusalReason.RECORD_OLD, "this disk has promised epoch " + promised
                    + " and the record in the lock service is of epoch " + record.epoch()
                    + ": the lock service was restored from an old state, see ros group reseed-record"));
        } else if (restored != null) {
            refuse(turn, new Refusal(RefusalReason.RECORD_OLD, restored
                    + ": the lock service was restored from an old state, see ros group reseed-record"));
        } else if (state.refusal != null && state.refusal.reason() != RefusalReason.DUPLICATE_NODE) {
            state.refusal = null;
            turn.clear(Alarm.Kind.REFUSED);
        }
    }

    /** Whether a read is needed to know if the lock service went back. */
    static boolean isInDoubt(State state) {
        GroupRecord record = state.record();
        boolean unlike = record == null ? !state.disk.isNew() : state.disk.promised().compareTo(record.epoch()) > 0;
        boolean refused = state.refusal != null && (state.refusal.reason() == RefusalReason.RECORD_MISSING
                || state.refusal.reason() == RefusalReason.RECORD_OLD);
        return state.group != null && (unlike || refused || Restoring.lack(state, state.group) != null);
    }

    /** A session under this node's name that is not its own belongs to a process that ended, or to one that lives. */
    private static void lookForTwin(Turn turn, GroupSnapshot group) {
        State state = turn.state;
        Presence presence = group.presence(state.settings.node());
        if (presence != null && presence.report().incarnation() != state.settings.incarnation()
                && !state.ended.contains(presence.session())) {
            state.twin = presence.session();
        } else if (group.leader() != null && turn.isMe(group.leader().node()) && isForeign(state, group.lockHolder())) {
            state.twin = group.lockHolder();
        } else {
            settledTwin(turn, state.twin);
        }
        probeTwin(turn, group);
    }

    private static boolean isForeign(State state, @Nullable String session) {
        return session != null && !session.equals(state.lease.session()) && !state.ended.contains(session)
                && !state.spent.contains(session) && state.duty instanceof Follow;
    }

    static void probeTwin(Turn turn, GroupSnapshot group) {
        State state = turn.state;
        String twin = state.twin;
        if (twin == null || turn.now < state.twinAt || turn.awaits(Errand.ProbeTwin.class)) {
            return;
        }
        state.twinAt = turn.now + turn.timing().retryEvery().toNanos();
        Presence presence = group.presence(state.settings.node());
        if (presence != null && presence.session().equals(twin)) {
            long ticket = turn.ticket(new Errand.ProbeTwin(twin));
            turn.does(new Action.Probe(ticket, presence.replication(), state.settings.node()));
        } else if (group.leader() != null && twin.equals(group.leader().session())) {
            long ticket = turn.ticket(new Errand.ProbeTwin(twin));
            turn.does(new Action.Probe(ticket, group.leader().replication(), state.settings.node()));
        }
    }

    static void probedTwin(Turn turn, Errand.ProbeTwin probe, ProbeOutcome outcome) {
        State state = turn.state;
        if (!probe.session().equals(state.twin)) {
            return;
        }
        switch (outcome) {
            case ProbeOutcome.Refused refused -> Leasing.bury(turn, probe.session());
            case ProbeOutcome.Silent silent -> { }
            case ProbeOutcome.Answered answered -> {
                if (answered.report().incarnation() == state.settings.incarnation()) {
                    Leasing.bury(turn, probe.session());
                } else {
                    refuse(turn, new Refusal(RefusalReason.DUPLICATE_NODE, "another living process is node "
                            + state.settings.node() + " of group " + state.settings.group()
                            + ": check ros.worker.node on both hosts and end one of them"));
                }
            }
        }
    }

    /** That session is no riddle any more. */
    static void settledTwin(Turn turn, @Nullable String session) {
        State state = turn.state;
        if (session != null && session.equals(state.twin)) {
            state.twin = null;
            if (state.refusal != null && state.refusal.reason() == RefusalReason.DUPLICATE_NODE) {
                state.refusal = null;
                turn.clear(Alarm.Kind.REFUSED);
            }
        }
    }
}
