// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.lock.GroupSnapshot;

/**
 * Whether this node is still master: after a pause, after a sign of a later epoch, and before a client is made to
 * reset.
 */
final class Checking {
    private static final long CONFIRM_LIMIT = Duration.ofSeconds(2).toNanos();

    private Checking() {}

    /** The process stood still: what was not heard meanwhile says nothing, and leadership may have gone (F2, F10). */
    static void stalled(Turn turn, long nanos) {
        switch (turn.state.duty) {
            case Reign reign -> {
                reign.followers.values().forEach(follower -> follower.lastHeard = turn.now);
                begin(turn, reign, "the process stood still for " + Duration.ofNanos(nanos).toMillis() + " ms");
            }
            case Follow follow -> {
                follow.heardAt = turn.now;
                follow.suspicion.lastSign = turn.now;
            }
            case Candidacy candidacy -> { }
            case Leave leave -> { }
        }
    }

    /** A follower has promised another epoch. */
    static void fenced(Turn turn, Reign reign, NodeId node, Epoch promised) {
        if (promised.compareTo(reign.epoch) > 0) {
            begin(turn, reign, "node " + node + " has promised epoch " + promised);
        }
    }

    private static void begin(Turn turn, Reign reign, String why) {
        if (reign.check == null) {
            reign.check = new LeadershipCheck(why, turn.now, turn.now + turn.timing().checkLimit().toNanos(),
                    turn.now, false,
                    false);
            ask(turn, reign, reign.check);
        }
    }

    /** The errands carry when they were asked: an answer to an earlier question does not count. */
    private static void ask(Turn turn, Reign reign, LeadershipCheck check) {
        reign.check = check.retried(turn.now + turn.timing().retryEvery().toNanos());
        if (!check.renewed()) {
            Leasing.renew(turn);
        }
        if (!check.read()) {
            turn.readAgain();
        }
    }

    static void tick(Turn turn, Reign reign) {
        answerLate(turn, reign);
        LeadershipCheck check = reign.check;
        if (check == null) {
            return;
        }
        if (turn.now >= check.deadline()) {
            Leaving.begin(turn, reign, false, check.why() + ", and the lock service did not confirm the lock in time");
        } else if (turn.now >= check.retryAt()) {
            ask(turn, reign, check);
        }
    }

    static void renewed(Turn turn, Errand.Renew renew) {
        if (turn.state.duty instanceof Reign reign && reign.check != null
                && renew.sentAt() >= reign.check.startedAt()) {
            reign.check = reign.check.withRenewal();
            pass(turn, reign);
        }
    }

    static void read(Turn turn, Errand.Read read, GroupSnapshot group) {
        if (!(turn.state.duty instanceof Reign reign) || reign.check == null
                || read.sentAt() < reign.check.startedAt()) {
            return;
        }
        GroupRecord record = group.record();
        if (record == null || !record.epoch().equals(reign.epoch) || !reign.session.equals(group.lockHolder())) {
            Leaving.begin(turn, reign, false, reign.check.why() + ", and the lock is not this node's any more");
        } else {
            reign.check = reign.check.withRecord();
            pass(turn, reign);
        }
    }

    private static void pass(Turn turn, Reign reign) {
        LeadershipCheck check = reign.check;
        if (check != null && check.isPassed()) {
            reign.check = null;
            Committing.advance(turn, reign);
            settle(turn, reign, waiting -> isSingle(turn, reign) && waiting.askedAt() <= check.startedAt());
            confirm(turn, reign);
        }
    }

    /** No other node can be asked: only the lock service knows whether an operator promoted another. */
    private static boolean isSingle(Turn turn, Reign reign) {
        return reign.membership.required().size() == 1 && !turn.settings().isAlone();
    }

    /** Somebody wants to send an error that makes a client reset (rule 15). */
    static void asked(Turn turn, long ticket) {
        if (!(turn.state.duty instanceof Reign reign) || !reign.isOpen()) {
            turn.does(new Action.Confirm(ticket, false));
            return;
        }
        List<Reign.Confirmation> longer = new ArrayList<>(reign.confirmations);
        longer.add(new Reign.Confirmation(ticket, turn.now, Reigning.beat(turn, reign), turn.now + CONFIRM_LIMIT));
        reign.confirmations = List.copyOf(longer);
        confirm(turn, reign);
    }

    /** Answers those whose heartbeat all required nodes have acknowledged: none of them had promised more by then. */
    static void confirm(Turn turn, Reign reign) {
        if (reign.check != null || reign.confirmations.isEmpty()) {
            return;
        }
        if (isSingle(turn, reign)) {
            begin(turn, reign, "leadership has to be confirmed");
        } else {
            settle(turn, reign, waiting -> reign.membership.required().stream()
                    .allMatch(member -> hasHeard(turn, reign, member, waiting)));
        }
    }

    private static void settle(Turn turn, Reign reign, Predicate<Reign.Confirmation> isConfirmed) {
        List<Reign.Confirmation> left = new ArrayList<>();
        for (Reign.Confirmation waiting : reign.confirmations) {
            if (isConfirmed.test(waiting)) {
                turn.does(new Action.Confirm(waiting.ticket(), true));
            } else {
                left.add(waiting);
            }
        }
        reign.confirmations = List.copyOf(left);
    }

    private static boolean hasHeard(Turn turn, Reign reign, Member member, Reign.Confirmation confirmation) {
        Follower follower = reign.followers.get(member.node());
        return turn.isMe(member.node()) || (follower != null && reign.isInStep(member)
                && follower.ackedNonce >= confirmation.nonce());
    }

    private static void answerLate(Turn turn, Reign reign) {
        List<Reign.Confirmation> waiting = new ArrayList<>();
        for (Reign.Confirmation confirmation : reign.confirmations) {
            if (turn.now >= confirmation.deadline()) {
                turn.does(new Action.Confirm(confirmation.ticket(), false));
            } else {
                waiting.add(confirmation);
            }
        }
        reign.confirmations = List.copyOf(waiting);
    }
}
