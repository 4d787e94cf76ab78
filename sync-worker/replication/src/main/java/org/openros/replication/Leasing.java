// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;

/**
 * The lease (group protocol, "Lease"): the deadline counts from before the renewal was sent, and everything that the
 * lock grants ends there by itself.
 */
final class Leasing {
    private static final int FAILURES_UNTIL_ALARM = 2;

    private Leasing() {}

    static void tick(Turn turn) {
        State state = turn.state;
        if (!state.lease.asking() && turn.now >= state.lease.nextAt() && !(state.duty instanceof Leave)
                && !isOver(state)) {
            renew(turn);
        }
        if (state.duty instanceof Reign reign && reign.check == null && turn.now >= state.lease.deadline()) {
            Leaving.begin(turn, reign, false,
                    "the lease of the lock ran out: the lock service did not renew it in time");
        }
        if (!state.spent.isEmpty() && turn.now >= state.buryAt) {
            state.buryAt = turn.now + turn.timing().retryEvery().toNanos();
            List.copyOf(state.spent).forEach(session -> bury(turn, session));
        }
    }

    private static boolean isOver(State state) {
        return state.stopping && state.stopOrder == null && state.lease.session() == null;
    }

    /** Renews the session, or opens one. */
    static void renew(Turn turn) {
        String session = turn.state.lease.session();
        turn.state.lease = turn.state.lease.asked();
        if (session == null) {
            turn.ask(new LockRequest.OpenSession(turn.timing().leaseTtl()), new Errand.OpenSession(turn.now));
        } else {
            turn.ask(new LockRequest.RenewSession(session), new Errand.Renew(session, turn.now));
        }
    }

    static void opened(Turn turn, Errand.OpenSession open, LockAnswer answer) {
        if (answer instanceof LockAnswer.Opened opened) {
            turn.state.lease = granted(turn, opened.session(), open.sentAt());
            turn.state.announced = null;
            turn.clear(Alarm.Kind.LOCK_SERVICE_UNREACHABLE);
            Announcing.tick(turn);
            Electing.tryNow(turn);
        } else {
            failed(turn, answer);
        }
    }

    static void renewed(Turn turn, Errand.Renew renew, LockAnswer answer) {
        if (!renew.session().equals(turn.state.lease.session())) {
            return;
        }
        switch (answer) {
            case LockAnswer.Done done -> {
                turn.state.lease = granted(turn, renew.session(), renew.sentAt());
                turn.clear(Alarm.Kind.LOCK_SERVICE_UNREACHABLE);
                Checking.renewed(turn, renew);
            }
            case LockAnswer.Refused refused -> lost(turn, renew.session());
            case LockAnswer.Opened opened -> failed(turn, answer);
            case LockAnswer.Read read -> failed(turn, answer);
            case LockAnswer.Failed failed -> failed(turn, answer);
        }
    }

    private static Lease granted(Turn turn, String session, long sentAt) {
        long deadline = sentAt + turn.timing().leaseTtl().minus(turn.timing().leaseMargin()).toNanos();
        Lease before = turn.state.lease;
        if (session.equals(before.session()) && before.deadline() > deadline) {
            return new Lease(session, before.deadline(), before.nextAt(), before.asking(), 0);
        }
        return new Lease(session, deadline, sentAt + turn.timing().renewEvery().toNanos(), false, 0);
    }

    private static void failed(Turn turn, LockAnswer answer) {
        turn.state.lease = turn.state.lease.failed(turn.now + turn.timing().retryEvery().toNanos());
        if (turn.state.lease.failures() >= FAILURES_UNTIL_ALARM) {
            String said = answer instanceof LockAnswer.Failed failed ? failed.message() : answer.toString();
            turn.raise(Alarm.Kind.LOCK_SERVICE_UNREACHABLE,
                    "the lock service does not keep this node's session: " + said);
        }
    }

    private static void lost(Turn turn, String session) {
        turn.state.ended.add(session);
        turn.state.lease = Lease.NONE;
        turn.state.announced = null;
        if (turn.state.duty instanceof Reign reign) {
            Leaving.begin(turn, reign, false, "the lock service ended this node's session " + session);
        }
    }

    /** Gives this node's session up; another is opened. */
    static void abandon(Turn turn, String session) {
        bury(turn, session);
        turn.state.lease = Lease.NONE;
        turn.state.announced = null;
    }

    /** Has a session of this node, or of a former process of it, ended for good. */
    static void bury(Turn turn, String session) {
        turn.state.spent.add(session);
        turn.ask(new LockRequest.DestroySession(session), new Errand.Bury(session));
    }

    static void buried(Turn turn, Errand.Bury bury, LockAnswer answer) {
        if (answer instanceof LockAnswer.Done) {
            turn.state.spent.remove(bury.session());
            turn.state.ended.add(bury.session());
            Admission.settledTwin(turn, bury.session());
            Electing.tryNow(turn);
        }
    }
}
