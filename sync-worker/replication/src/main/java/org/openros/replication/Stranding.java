// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.replication.lock.GroupSnapshot.Presence;
import org.openros.replication.operator.Alarm;

/** Whether there is anybody left who may be promoted (rule 1). */
final class Stranding {
    private Stranding() {}

    static void tick(Turn turn) {
        State state = turn.state;
        if (!isStranded(state)) {
            state.strandedSince = Long.MIN_VALUE;
            turn.clear(Alarm.Kind.NO_ELIGIBLE_NODE);
        } else if (state.strandedSince == Long.MIN_VALUE) {
            state.strandedSince = turn.now;
        } else if (turn.now - state.strandedSince >= turn.timing().silence().toNanos()) {
            turn.raise(Alarm.Kind.NO_ELIGIBLE_NODE, message(state));
        }
    }

    private static boolean isStranded(State state) {
        GroupRecord record = state.record();
        return state.duty instanceof Follow && state.refusal == null && record != null && state.lockHolder() == null
                && !state.isMember() && record.members().stream().noneMatch(member -> isThere(state, member));
    }

    private static boolean isThere(State state, Member member) {
        Presence presence = state.group == null ? null : state.group.presence(member.node());
        return presence != null && presence.report().store().equals(member.store());
    }

    private static String message(State state) {
        GroupRecord record = state.record();
        return "there is no master, and only " + (record == null ? "a member" : record.nodes())
                + " with the disks that the"
                + " record names may become it: start them; if those disks are lost for good, see ros group force-promote";
    }
}
