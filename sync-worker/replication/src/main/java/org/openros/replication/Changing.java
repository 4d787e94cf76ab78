// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.NodeId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.membership.Membership;

/** The master's changes of the record (rules 8 to 12): when one is due, and how it comes to its end. One at a time. */
final class Changing {
    /** Entries that a spare may be behind if nothing is lost by waiting for it. */
    private static final long NEARLY_IN_STEP = 1_000;

    private Changing() {}

    /** Looks whether a change is due, and how the one under way is doing. */
    static void review(Turn turn, Reign reign) {
        if (!reign.isOpen() || reign.check != null) {
            return;
        }
        switch (reign.membership) {
            case Membership.Settled settled -> {
                watchPace(turn, reign, settled);
                decide(turn, reign, settled);
            }
            case Membership.Widened widened -> pursue(turn, reign);
            case Membership.Proposed proposed -> {
                if (turn.now >= reign.proposeAt) {
                    send(turn, reign, proposed);
                }
            }
        }
        GroupAlarms.review(turn, reign);
    }

    private static void decide(Turn turn, Reign reign, Membership.Settled settled) {
        GroupRecord record = settled.record();
        Follower spare = spare(reign);
        int wanted = Math.min(2, turn.settings().nodes().size());
        Member lost = lost(turn, reign, record);
        if (spare != null && record.members().size() < wanted) {
            add(turn, reign, settled, spare, null, "backup joined");
        } else if (spare != null && lost != null) {
            add(turn, reign, settled, spare, lost, "backup " + lost.node() + " was lost");
        } else if (spare != null && outgoing(reign, record) instanceof Member leaves
                && spare.acked + NEARLY_IN_STEP >= reign.committed) {
            add(turn, reign, settled, spare, leaves, "backup " + leaves.node() + " leaves: "
                    + reign.leaving.get(leaves.node()));
        } else if (spare != null && slow(turn, reign, record) instanceof Member slow) {
            reign.slowness = reign.slowness.swapped(turn.now + turn.timing().slowSwapEvery().toNanos());
            add(turn, reign, settled, spare, slow, "backup " + slow.node() + " was slow");
        } else if (lost != null && mayGoAlone(turn, reign, lost)) {
            propose(turn, reign, settled, record.withMembers(without(record, lost), "no backup left (solo)"));
        } else if (lost == null && nextLevel(turn, reign, record) > record.formatLevel()) {
            propose(turn, reign, settled, raised(record, nextLevel(turn, reign, record)));
        }
    }

    /** The follower that is best to become a member: the one that is furthest. */
    private static @Nullable Follower spare(Reign reign) {
        return reign.spares().stream()
                .filter(follower -> !reign.leaving.containsKey(follower.member.node()))
                .max(Comparator.comparingLong((Follower follower) -> follower.acked)
                        .thenComparing(follower -> follower.member.node(), Comparator.reverseOrder()))
                .orElse(null);
    }

    static @Nullable Member lost(Turn turn, Reign reign, GroupRecord record) {
        return memberWhere(record, member -> {
            Reign.Absence absence = reign.absent.get(member.node());
            Follower follower = reign.followers.get(member.node());
            boolean otherDisk = follower != null && !follower.member.equals(member);
            return !turn.isMe(member.node()) && (otherDisk || (absence != null && turn.now >= absence.lostAt()));
        });
    }

    private static @Nullable Member outgoing(Reign reign, GroupRecord record) {
        return memberWhere(record, member -> reign.leaving.containsKey(member.node()));
    }

    private static @Nullable Member memberWhere(GroupRecord record, Predicate<Member> condition) {
        return new Membership.Settled(record, 0).required().stream().filter(condition).findFirst().orElse(null);
    }

    private static boolean mayGoAlone(Turn turn, Reign reign, Member lost) {
        Reign.Absence absence = reign.absent.get(lost.node());
        return turn.settings().whenBackupLost() == NodeSettings.WhenBackupLost.SOLO && absence != null
                && turn.now - absence.since() >= turn.timing().soloGrace().toNanos();
    }

    private static Set<Member> without(GroupRecord record, @Nullable Member outgoing) {
        Set<Member> members = new HashSet<>(record.members());
        if (outgoing != null) {
            members.remove(outgoing);
        }
        return members;
    }

    private static void watchPace(Turn turn, Reign reign, Membership.Settled settled) {
        Member backup = memberWhere(settled.record(), member -> !turn.isMe(member.node()) && reign.isInStep(member));
        Follower spare = spare(reign);
        Follower follower = backup == null ? null : reign.followers.get(backup.node());
        if (follower != null && spare != null) {
            reign.slowness = reign.slowness.look(turn.now, follower.acked, Math.min(spare.acked, reign.durable),
                    turn.timing().slowAck().toNanos());
        }
    }

    private static @Nullable Member slow(Turn turn, Reign reign, GroupRecord record) {
        boolean isSlow = reign.slowness.sum() >= turn.timing().slowSum().toNanos()
                && turn.now >= reign.slowness.swapAt();
        return isSlow ? memberWhere(record, member -> !turn.isMe(member.node())) : null;
    }

    /** The level that all configured nodes can read; none is raised while one is away. */
    private static int nextLevel(Turn turn, Reign reign, GroupRecord record) {
        int level = turn.settings().formatLevel();
        GroupSnapshot group = turn.state.group;
        for (NodeId node : turn.settings().nodes()) {
            Follower follower = reign.followers.get(node);
            GroupSnapshot.Presence presence = group == null ? null : group.presence(node);
            if (!turn.isMe(node) && (follower == null || !follower.isInStep() || presence == null)) {
                return record.formatLevel();
            }
            NodeReport report = presence == null ? null : presence.report();
            level = Math.min(level, follower == null ? level : follower.hello.formatLevel());
            level = Math.min(level, report == null ? level : report.formatLevel());
        }
        return level;
    }

    private static GroupRecord raised(GroupRecord record, int level) {
        return new GroupRecord(record.group(), record.lineage(), record.epoch(), record.master(),
                record.members(), level,
                "all nodes read format level " + level);
    }

    private static void add(
            Turn turn, Reign reign, Membership.Settled settled, Follower spare, @Nullable Member outgoing, String why) {
        Set<Member> target = without(settled.record(), outgoing);
        target.removeIf(member -> member.node().equals(spare.member.node()));
        target.add(spare.member);
        long floor = Math.max(reign.committed, reign.inherited.seq());
        reign.urgent = outgoing != null && !reign.isInStep(outgoing);
        reign.membership = settled.add(spare.member, target, why, floor, Reigning.beat(turn, reign));
    }

    /** Proposes a candidate once it has what was committed; drops it if it is not needed any more. */
    static void pursue(Turn turn, Reign reign) {
        if (!(reign.membership instanceof Membership.Widened widened)) {
            return;
        }
        Follower candidate = reign.followers.get(widened.candidate().node());
        if (candidate == null || !reign.isInStep(widened.candidate())) {
            settle(turn, reign, widened.drop());
        } else if (widened.isCovered(candidate.acked, candidate.ackedNonce, reign.committed)) {
            propose(turn, reign, widened.propose());
        } else if (reign.urgent && allInStep(turn, reign, widened.record())) {
            settle(turn, reign, widened.drop());
        }
    }

    private static boolean allInStep(Turn turn, Reign reign, GroupRecord record) {
        return record.members().stream().allMatch(member -> turn.isMe(member.node()) || reign.isInStep(member));
    }

    /** A follower's connection ended. */
    static void lost(Turn turn, Reign reign, Member member) {
        if (reign.membership instanceof Membership.Widened widened && widened.candidate().equals(member)) {
            settle(turn, reign, widened.drop());
        }
    }

    private static void propose(Turn turn, Reign reign, Membership.Settled settled, GroupRecord proposal) {
        propose(turn, reign, settled.propose(proposal));
    }

    private static void propose(Turn turn, Reign reign, Membership.Proposed proposed) {
        Turn.require(proposed.required().containsAll(proposed.proposal().members()),
                "a proposed member is not required (I6)",
                proposed.required(), proposed.proposal());
        reign.membership = proposed;
        send(turn, reign, proposed);
    }

    private static void send(Turn turn, Reign reign, Membership.Proposed proposed) {
        reign.proposeAt = Long.MAX_VALUE;
        turn.ask(new LockRequest.ChangeRecord(reign.session, proposed.proposal(), proposed.index()),
                new Errand.ChangeMembers(proposed.proposal()));
    }

    static void answered(Turn turn, Errand.ChangeMembers change, LockAnswer answer) {
        if (!(turn.state.duty instanceof Reign reign) || !(reign.membership instanceof Membership.Proposed proposed)
                || !proposed.proposal().equals(change.proposal())) {
            return;
        }
        if (answer instanceof LockAnswer.Done done && done.index() > proposed.index()) {
            turn.recordIs(proposed.proposal(), done.index());
            settle(turn, reign, proposed.accepted(done.index()));
        } else {
            // Refused, or in doubt: what is proposed stays required until a read, or the same request again, has told.
            reign.proposeAt = turn.now + turn.timing().retryEvery().toNanos();
            turn.read();
        }
    }

    /** The lock service showed the group: another master, or the end of a change in doubt. */
    static void seen(Turn turn, Reign reign, GroupSnapshot group) {
        long index = group.recordIndex();
        GroupRecord record = group.record();
        if (index < reign.membership.index()) {
            Leaving.begin(turn, reign, false, "the record in the lock service is gone or went back");
        } else if (index > reign.membership.index()) {
            if (reign.membership instanceof Membership.Proposed proposed && proposed.proposal().equals(record)) {
                settle(turn, reign, proposed.accepted(index));
            } else {
                Leaving.begin(turn, reign, false, "the record was changed by another: " + describe(record));
            }
        }
    }

    private static String describe(@Nullable GroupRecord record) {
        return record == null ? "it is gone" : "epoch " + record.epoch() + ", master " + record.master() + ", members "
                + record.nodes() + ", " + record.reason();
    }

    private static void settle(Turn turn, Reign reign, Membership.Settled settled) {
        GroupRecord record = settled.record();
        reign.membership = settled;
        reign.urgent = false;
        reign.leaving.keySet().retainAll(record.nodes());
        reign.absent.keySet().retainAll(record.nodes());
        for (Member member : settled.required()) {
            if (!turn.isMe(member.node()) && !reign.isInStep(member)) {
                long lostAt = turn.now + turn.timing().backupGrace().toNanos();
                reign.absent.putIfAbsent(member.node(), new Reign.Absence(turn.now, lostAt));
            }
        }
        Committing.advance(turn, reign);
        Checking.confirm(turn, reign);
        GroupAlarms.review(turn, reign);
        Ordering.replacedBackup(turn, reign);
    }
}
