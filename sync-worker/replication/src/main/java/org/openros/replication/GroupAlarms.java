// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.Set;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.NodeId;
import org.openros.replication.operator.Alarm;

/** What a master tells operators of the copies that its group has. The single edition misses none. */
final class GroupAlarms {
    private static final int FULL_GROUP = 3;

    private GroupAlarms() {}

    static void review(Turn turn, Reign reign) {
        GroupRecord record = reign.membership.record();
        Member lost = Changing.lost(turn, reign, record);
        boolean alone = record.members().size() == 1 && !turn.settings().isAlone();
        boolean spareMissing = lost == null && !alone && turn.settings().nodes().size() >= FULL_GROUP
                && reign.spares().isEmpty();
        if (lost != null && reign.spares().isEmpty()) {
            turn.raise(Alarm.Kind.UPLOADS_BLOCKED,
                    "backup " + lost.node() + " is lost and no spare is in step: uploads wait"
                    + " on the devices; start another node of " + others(turn));
        } else {
            turn.clear(Alarm.Kind.UPLOADS_BLOCKED);
        }
        if (alone) {
            turn.raise(Alarm.Kind.SOLO,
                    "only this disk has what is acknowledged: start another node of " + others(turn));
        } else {
            turn.clear(Alarm.Kind.SOLO);
        }
        if (spareMissing) {
            turn.raise(Alarm.Kind.NO_SPARE, "there is no spare in step: start the missing node of " + others(turn));
        } else {
            turn.clear(Alarm.Kind.NO_SPARE);
        }
    }

    private static String others(Turn turn) {
        return turn.settings().nodes().stream().filter(node -> !turn.isMe(node)).map(NodeId::value).toList().toString();
    }

    /** They are the master's to raise. */
    static void clear(Turn turn) {
        Set.of(Alarm.Kind.UPLOADS_BLOCKED, Alarm.Kind.SOLO, Alarm.Kind.NO_SPARE, Alarm.Kind.FOLLOWER_REFUSED).stream()
                .sorted().forEach(turn::clear);
    }
}
