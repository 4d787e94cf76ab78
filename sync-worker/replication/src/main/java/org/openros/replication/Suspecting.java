// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.domain.NodeId;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Sight;
import org.openros.replication.lock.GroupSnapshot.Leader;
import org.openros.replication.lock.GroupSnapshot.Presence;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

/**
 * Assisted takeover (group protocol): finds out whether the master is gone, and has its session ended then. Every
 * follower watches, so that a spare can be a witness; only a member takes over. It moves liveness only.
 */
final class Suspecting {
    /** Between two questions to the same witness. */
    private static final long WITNESS_EVERY = 250_000_000;

    /** Between a request to end the master's session that failed and the next. */
    private static final long END_EVERY = 250_000_000;

    private Suspecting() {}

    static void tick(Turn turn, Follow follow) {
        Leader leader = otherMaster(turn);
        Suspicion suspicion = follow.suspicion;
        if (leader == null || leader.session() == null || !leader.session().equals(suspicion.session)) {
            return;
        }
        long silence = turn.now - suspicion.lastSign;
        if (!hasCeased(suspicion, leader) && (suspicion.cut || silence >= turn.timing().probeAfter().toNanos())) {
            probe(turn, suspicion, leader);
        }
        if (hasCeased(suspicion, leader) || (suspicion.gone && suspicion.cut)) {
            takeOver(turn, suspicion, leader);
        } else if (isSilent(turn, suspicion)) {
            if (suspicion.gone) {
                takeOver(turn, suspicion, leader);
            } else {
                askWitnesses(turn, suspicion, leader);
            }
        }
    }

    /** Whether the master itself says that its reign is over though it holds the lock: it cannot unlock. */
    private static boolean hasCeased(Suspicion suspicion, Leader leader) {
        return suspicion.ceased.compareTo(leader.epoch()) >= 0;
    }

    /** Who holds the lock, if it is another node. */
    static @Nullable Leader otherMaster(Turn turn) {
        Leader leader = turn.state.group == null ? null : turn.state.group.leader();
        return leader == null || turn.state.lockHolder() == null || turn.isMe(leader.node()) ? null : leader;
    }

    static boolean isSilent(Turn turn, Suspicion suspicion) {
        return isSilent(suspicion, turn.now, turn.timing());
    }

    static boolean isSilent(Suspicion suspicion, long now, Timing timing) {
        return (suspicion.unreachable || suspicion.gone) && now - suspicion.lastSign >= timing.silence().toNanos();
    }

    private static void probe(Turn turn, Suspicion suspicion, Leader leader) {
        if (suspicion.probing || turn.now < suspicion.probeAt || leader.session() == null) {
            return;
        }
        suspicion.probing = true;
        suspicion.probeAt = turn.now + turn.timing().retryEvery().toNanos();
        long ticket = turn.ticket(new Errand.ProbeMaster(leader.session()));
        turn.does(new Action.Probe(ticket, leader.replication(), turn.settings().node()));
    }

    static void probed(Turn turn, Errand.ProbeMaster probe, ProbeOutcome outcome) {
        if (!(turn.state.duty instanceof Follow follow) || !probe.session().equals(follow.suspicion.session)) {
            return;
        }
        Suspicion suspicion = follow.suspicion;
        suspicion.probing = false;
        switch (outcome) {
            case ProbeOutcome.Answered answered -> answered(turn, suspicion, answered);
            case ProbeOutcome.Refused refused -> suspicion.gone = true;
            case ProbeOutcome.Silent silent -> suspicion.unreachable = true;
        }
        tick(turn, follow);
    }

    private static void answered(Turn turn, Suspicion suspicion, ProbeOutcome.Answered answer) {
        Leader leader = otherMaster(turn);
        suspicion.dispel(turn.now);
        if (leader != null && answer.report().node().equals(leader.node())) {
            suspicion.ceased = answer.ceased();
        }
    }

    /** The stream to the master ended by itself, or could not be opened, or the node at its end is not master. */
    static void cut(Turn turn, Follow follow) {
        follow.suspicion.cut = true;
        tick(turn, follow);
    }

    private static boolean mayTakeOver(Turn turn) {
        State state = turn.state;
        return state.group != null && !state.group.orders().paused() && Electing.unfit(state, turn.now) == null;
    }

    private static void askWitnesses(Turn turn, Suspicion suspicion, Leader leader) {
        if (turn.state.group == null || leader.session() == null || turn.now < suspicion.witnessAt
                || !mayTakeOver(turn)) {
            return;
        }
        suspicion.witnessAt = turn.now + WITNESS_EVERY;
        for (Presence presence : turn.state.group.nodes()) {
            NodeId node = presence.report().node();
            if (!turn.isMe(node) && !node.equals(leader.node())) {
                long ticket = turn.ticket(new Errand.AskWitness(leader.session()));
                turn.does(new Action.Probe(ticket, presence.replication(), leader.node()));
            }
        }
    }

    static void witnessed(Turn turn, Errand.AskWitness ask, ProbeOutcome outcome) {
        Leader leader = otherMaster(turn);
        if (turn.state.duty instanceof Follow follow && leader != null && ask.session().equals(follow.suspicion.session)
                && outcome instanceof ProbeOutcome.Answered answered && answered.sight() == Sight.SILENT
                && isSilent(turn, follow.suspicion)) {
            takeOver(turn, follow.suspicion, leader);
        }
    }

    private static void takeOver(Turn turn, Suspicion suspicion, Leader leader) {
        if (suspicion.ending || turn.now < suspicion.endAt || leader.session() == null || !mayTakeOver(turn)) {
            return;
        }
        suspicion.ending = true;
        turn.ask(new LockRequest.DestroySession(leader.session()),
                new Errand.EndSession(leader.session(), leader.node()));
    }

    static void ended(Turn turn, Errand.EndSession end, LockAnswer answer) {
        State state = turn.state;
        if (answer instanceof LockAnswer.Done) {
            state.ended.add(end.session());
            state.gone = end.master();
            Electing.tryNow(turn);
        } else if (state.duty instanceof Follow follow) {
            follow.suspicion.ending = false;
            follow.suspicion.endAt = turn.now + END_EVERY;
            follow.suspicion.probeAt = turn.now + turn.timing().retryEvery().toNanos();
        }
    }
}
