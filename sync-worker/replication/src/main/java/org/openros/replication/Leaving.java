// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.OrderAnswer;

/** The end of a reign: planned, after draining, or at once; always stop serving, flush, unlock, and end the session. */
final class Leaving {
    private Leaving() {}

    /**
     * Begins a planned end: no more uploads, and a moment for those under way.
     *
     * @param order to answer when it is done, or null
     */
    static void plan(Turn turn, Reign reign, @Nullable Long order, String why) {
        long limit = turn.timing().drainLimit().toNanos();
        reign.stepDown = new Reign.StepDown(order, why, turn.now + 2 * limit, turn.now + limit, false);
        reign.phase = Reign.Phase.DRAINING;
        turn.does(new Action.Drain(reign.epoch));
    }

    static void drained(Turn turn, Epoch epoch) {
        if (turn.state.duty instanceof Reign reign && reign.epoch.equals(epoch) && reign.stepDown != null) {
            reign.stepDown = reign.stepDown.withDrained();
            tick(turn, reign);
        }
    }

    /** Ends the reign once everything is acknowledged, or the time for it is over. */
    static void tick(Turn turn, Reign reign) {
        Reign.StepDown plan = reign.stepDown;
        if (plan == null || turn.state.duty != reign) {
            return;
        }
        boolean quiet = plan.drained() || turn.now >= plan.drainDeadline();
        if (turn.now >= plan.deadline() || (quiet && reign.committed >= reign.durable)) {
            begin(turn, reign, true, plan.why());
        }
    }

    /** Ends the reign now. */
    static void begin(Turn turn, Reign reign, boolean planned, String why) {
        if (turn.state.duty != reign) {
            return;
        }
        turn.does(new Action.StopServing(reign.epoch, why));
        if (!planned) {
            cease(turn);
        }
        reign.confirmations.forEach(waiting -> turn.does(new Action.Confirm(waiting.ticket(), false)));
        reign.followers.values().forEach(follower -> turn.does(new Action.HangUp(follower.connection)));
        GroupAlarms.clear(turn);
        Long order = reign.stepDown == null ? null : reign.stepDown.order();
        turn.state.duty = new Leave(reign.epoch, reign.session, planned, why, order);
        if (reign.replaceOrder != null) {
            turn.answer(reign.replaceOrder, new OrderAnswer.Refused("the reign ended: " + why));
        }
        turn.disk(new DiskRequest.EndLead(reign.epoch), new Errand.EndLead(reign.epoch));
    }

    static void ended(Turn turn, Errand.EndLead end, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Leave leave) || !leave.epoch.equals(end.epoch())) {
            return;
        }
        if (answer instanceof DiskAnswer.Failed failed) {
            turn.raise(Alarm.Kind.DISK_BROKEN, "the disk did not end the reign as it should: " + failed.message());
        }
        if (leave.session.equals(turn.state.lease.session())) {
            turn.ask(new LockRequest.Unlock(leave.session), new Errand.Unlock(leave.session));
        } else {
            finish(turn, leave, false);
        }
    }

    static void unlocked(Turn turn, Errand.Unlock unlock, LockAnswer answer) {
        if (turn.state.duty instanceof Leave leave && leave.session.equals(unlock.session())) {
            finish(turn, leave, leave.planned && answer instanceof LockAnswer.Done);
        }
    }

    private static void finish(Turn turn, Leave leave, boolean keepSession) {
        State state = turn.state;
        state.duty = new Follow();
        if (keepSession) {
            // A snapshot of before may show this session as the holder still; it is not, though it lives.
            state.ended.add(leave.session);
        } else {
            cease(turn);
            if (leave.session.equals(state.lease.session())) {
                Leasing.abandon(turn, leave.session);
            }
        }
        if (leave.planned) {
            state.candidateAt = turn.now + turn.timing().holdOff().toNanos();
        }
        turn.answer(leave.order, new OrderAnswer.Done("stepped down from epoch " + leave.epoch));
        Watching.review(turn);
        Announcing.tick(turn);
    }

    /**
     * From here on the node may say that its reign is over (group protocol, "Assisted takeover"): it uses the reign's
     * session no more, and a later reign has a higher epoch than this disk has promised. Not for a planned end whose
     * unlock may yet succeed, since the node keeps that session.
     */
    private static void cease(Turn turn) {
        turn.state.ceased = turn.state.disk.promised();
    }

    /** Whether a member could take over at once. */
    static boolean hasSuccessor(Turn turn, Reign reign) {
        for (Member member : reign.membership.record().members()) {
            if (!turn.isMe(member.node()) && reign.isInStep(member)) {
                return true;
            }
        }
        return false;
    }
}
