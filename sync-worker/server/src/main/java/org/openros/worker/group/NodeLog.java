// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.replication.Status;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what an operator wants to find later: each change of role, each alarm when it begins and when it ends. */
final class NodeLog {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLog.class);

    private final GroupId group;
    private final NodeId node;
    private final Map<Alarm.Kind, Alarm> standing = new EnumMap<>(Alarm.Kind.class);
    private @Nullable Role role;
    private Epoch epoch = Epoch.NONE;

    NodeLog(GroupId group, NodeId node) {
        this.group = group;
        this.node = node;
    }

    /** Looks at the status; called by one thread. */
    void see(Status status) {
        if (status.role() != role || !status.epoch().equals(epoch)) {
            role = status.role();
            epoch = status.epoch();
            LOG.info("group {}: {} is {} in epoch {} at entry {}, committed {}", group, node, role, epoch,
                    status.last().seq(), status.commitSeq());
        }
    }

    /** Logs an alarm that stands from now on; one that stands already only if its cause is another one. */
    synchronized void raise(Alarm alarm) {
        Alarm before = standing.put(alarm.kind(), alarm);
        if (before == null || (isAboutSeveral(alarm.kind()) && !before.equals(alarm))) {
            LOG.warn("group {}: {}: alarm {}: {}", group, node, alarm.kind(), alarm.message());
        }
    }

    private static boolean isAboutSeveral(Alarm.Kind kind) {
        return kind == Alarm.Kind.REFUSED || kind == Alarm.Kind.FOLLOWER_REFUSED || kind == Alarm.Kind.QUARANTINED;
    }

    synchronized void clear(Alarm.Kind kind) {
        if (standing.remove(kind) != null) {
            LOG.info("group {}: {}: alarm {} is over", group, node, kind);
        }
    }

    void failed(Throwable fault) {
        LOG.error("group {}: {} takes no part any more after an internal error: restart it", group, node, fault);
    }
}
