// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.cluster.group.Member;
import org.openros.domain.log.Position;
import org.openros.replication.operator.Alarm;

/** The commit point: what every node of the required set has on its disk at this epoch (rule 8). */
final class Committing {
    private Committing() {}

    /** The master's own disk has flushed. */
    static void durable(Turn turn, Position through) {
        if (turn.state.duty instanceof Reign reign && through.epoch().equals(reign.epoch)) {
            reign.durable = Math.max(reign.durable, through.seq());
            turn.lastIs(through);
            turn.clear(Alarm.Kind.DISK_FULL);
            advance(turn, reign);
        }
    }

    static void advance(Turn turn, Reign reign) {
        if (!reign.isOpen() || reign.check != null) {
            return;
        }
        long point = Long.MAX_VALUE;
        for (Member member : reign.membership.required()) {
            point = Math.min(point, durableOn(turn, reign, member));
        }
        if (point > reign.committed) {
            reign.committed = point;
            turn.state.commitSeq = Math.max(turn.state.commitSeq, point);
            turn.does(new Action.CommitTo(reign.epoch, point));
        }
    }

    private static long durableOn(Turn turn, Reign reign, Member member) {
        if (turn.isMe(member.node())) {
            Turn.require(member.equals(turn.state.self()), "the record names this node with another disk", member,
                    turn.state.self());
            return reign.durable;
        }
        Follower follower = reign.followers.get(member.node());
        return follower != null && follower.isInStep() && follower.member.equals(member) ? follower.acked : -1;
    }
}
