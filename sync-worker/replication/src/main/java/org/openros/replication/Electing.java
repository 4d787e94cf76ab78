// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.membership.Membership;

/** Promotion (rules 1 to 4): who may try, the one transaction, and what to do when its outcome is in doubt. */
final class Electing {
    private Electing() {}

    /** Tries to become master if nothing speaks against it. */
    static void tryNow(Turn turn) {
        State state = turn.state;
        GroupRecord record = state.record();
        String session = state.lease.session();
        if (!(state.duty instanceof Follow follow) || record == null || session == null
                || turn.now < state.candidateAt || obstacle(state, turn.now) != null) {
            return;
        }
        Following.hangUp(turn, follow, turn.timing().redial());
        String why = state.gone == null ? "the lock was free" : "took over from " + state.gone;
        Candidacy candidacy = new Candidacy(session, record.promoted(turn.settings().node(), why), turn.recordIndex());
        state.duty = candidacy;
        send(turn, candidacy);
    }

    private static void send(Turn turn, Candidacy candidacy) {
        candidacy.retryAt = Long.MAX_VALUE;
        turn.ask(new LockRequest.Promote(candidacy.session, candidacy.proposal, candidacy.recordIndex),
                new Errand.Promote(candidacy.proposal));
    }

    /** Why this node cannot be promoted now, or null. */
    static @Nullable String obstacle(State state, long now) {
        String self = unfit(state, now);
        if (self != null) {
            return self;
        }
        String holder = state.lockHolder();
        if (holder != null && state.group != null && state.group.leader() != null) {
            return "node " + state.group.leader().node() + " holds the lock";
        }
        GroupRecord record = state.record();
        boolean wasMaster = record != null && state.settings.node().equals(record.master());
        if (state.group != null && state.group.orders().paused() && !wasMaster) {
            return "an operator paused takeovers";
        }
        return null;
    }

    /** Why this node cannot be promoted whoever holds the lock, or null. */
    static @Nullable String unfit(State state, long now) {
        GroupRecord record = state.record();
        if (state.refusal != null) {
            return state.refusal.message();
        }
        if (state.group == null) {
            return "the lock service has not been reached yet";
        }
        if (record == null) {
            return FirstStart.obstacle(state, state.group);
        }
        if (state.twin != null) {
            return "another session has the name of node " + state.settings.node()
                    + "; whose it is is being found out: if"
                    + " this lasts, another host has the same ros.worker.node";
        }
        if (state.quarantine != null) {
            return "quarantined: " + state.quarantine;
        }
        if (state.stopping) {
            return "the node is about to stop";
        }
        return unfitFor(state, record, now);
    }

    private static @Nullable String unfitFor(State state, GroupRecord record, long now) {
        if (!record.isMember(state.self())) {
            return "this disk is not a member of the record";
        }
        if (!record.lineage().equals(state.disk.lineage())) {
            return "the disk is not bound to the group's history yet";
        }
        if (state.disk.promised().compareTo(record.epoch()) > 0) {
            return "the record is older than what this disk has promised";
        }
        String lack = state.group == null ? null : Restoring.lack(state, state.group);
        if (lack != null) {
            return lack;
        }
        if (!state.lease.isValid(now)) {
            return "no session in the lock service";
        }
        return state.duty instanceof Follow follow
                && follow.phase == Follow.Phase.FETCHING ? "a checkpoint is fetched" : null;
    }

    static void tick(Turn turn, Candidacy candidacy) {
        if (!candidacy.session.equals(turn.state.lease.session())) {
            // The transaction locks with that session: it cannot be done any more.
            giveUp(turn, turn.timing().retryEvery().toNanos());
        } else if (turn.now >= candidacy.retryAt) {
            send(turn, candidacy);
        }
    }

    static void answered(Turn turn, Errand.Promote promote, LockAnswer answer) {
        if (!(turn.state.duty instanceof Candidacy candidacy) || !candidacy.proposal.equals(promote.record())) {
            return;
        }
        switch (answer) {
            case LockAnswer.Done done -> elected(turn, candidacy, done.index());
            case LockAnswer.Refused refused -> refused(turn, candidacy);
            case LockAnswer.Failed failed -> failed(turn, candidacy, failed);
            case LockAnswer.Opened opened -> throw new IllegalStateException("not an answer to a promotion: " + answer);
            case LockAnswer.Read read -> throw new IllegalStateException("not an answer to a promotion: " + answer);
        }
    }

    private static void refused(Turn turn, Candidacy candidacy) {
        turn.read();
        if (candidacy.inDoubt) {
            candidacy.retryAt = turn.now + turn.timing().retryEvery().toNanos();
        } else {
            giveUp(turn, 0);
        }
    }

    private static void failed(Turn turn, Candidacy candidacy, LockAnswer.Failed failed) {
        if (failed.outcomeUnknown() || candidacy.inDoubt) {
            candidacy.inDoubt = true;
            candidacy.retryAt = turn.now + turn.timing().retryEvery().toNanos();
            turn.read();
        } else {
            giveUp(turn, turn.timing().retryEvery().toNanos());
        }
    }

    private static void giveUp(Turn turn, long wait) {
        turn.state.duty = new Follow();
        turn.state.candidateAt = turn.now + wait;
        Watching.review(turn);
    }

    /** A newer record tells how a transaction in doubt ended. */
    static void seen(Turn turn, Candidacy candidacy, GroupSnapshot group) {
        if (group.recordIndex() <= candidacy.recordIndex) {
            return;
        }
        GroupRecord record = group.record();
        if (record != null && record.epoch().equals(candidacy.proposal.epoch()) && turn.isMe(record.master())
                && candidacy.session.equals(group.lockHolder())) {
            elected(turn, candidacy, group.recordIndex());
        } else {
            giveUp(turn, 0);
        }
    }

    private static void elected(Turn turn, Candidacy candidacy, long index) {
        State state = turn.state;
        GroupRecord record = candidacy.proposal;
        Turn.require(index > candidacy.recordIndex, "a promotion does not raise the index",
                candidacy.recordIndex, index);
        turn.recordIs(record, index);
        Reign reign = new Reign(record.epoch(), candidacy.session, new Membership.Settled(record, index));
        reign.gone = state.gone;
        state.gone = null;
        state.ended.remove(candidacy.session);
        state.duty = reign;
        Reigning.begin(turn, reign);
    }
}
