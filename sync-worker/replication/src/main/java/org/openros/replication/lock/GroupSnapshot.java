// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.lock;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.frame.NodeReport;

/**
 * Everything under a group's prefix, as read at one moment.
 *
 * @param record null if there is none
 * @param recordIndex index of its last change; 0 if there is none
 * @param leader null if the key was never written; it stays, without a session, when the lock is released
 * @param orders {@link Orders#NONE} if the key does not exist
 * @param ordersIndex index of its last change; 0 if it does not exist
 * @param nodes who is present, in order of names
 */
public record GroupSnapshot(
        @Nullable GroupRecord record,
        long recordIndex,
        @Nullable Leader leader,
        Orders orders,
        long ordersIndex,
        List<Presence> nodes) {
    /** Under a prefix where nothing is. */
    public static final GroupSnapshot EMPTY = new GroupSnapshot(null, 0, null, Orders.NONE, 0, List.of());

    /** Copies the list. */
    public GroupSnapshot {
        nodes = List.copyOf(nodes);
    }

    /**
     * The lock.
     *
     * @param replication where followers dial it
     * @param session that holds it; null if nobody does
     */
    public record Leader(NodeId node, Epoch epoch, URI replication, @Nullable String session) {}

    /**
     * A node that is there.
     *
     * @param replication where it is probed
     * @param session to which its presence is bound
     */
    public record Presence(NodeReport report, URI replication, String session) {}

    /** The same, with another record. */
    public GroupSnapshot withRecord(GroupRecord newer, long index) {
        return new GroupSnapshot(newer, index, leader, orders, ordersIndex, nodes);
    }

    /** The presence of a node, or null. */
    public @Nullable Presence presence(NodeId node) {
        return nodes.stream()
                .filter(presence -> presence.report().node().equals(node))
                .findFirst()
                .orElse(null);
    }

    /** The session that holds the lock, or null. */
    public @Nullable String lockHolder() {
        return leader == null ? null : leader.session();
    }
}
