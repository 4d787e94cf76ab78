// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;

/**
 * Where a group's values lie in the lock service (group protocol, "What is stored").
 *
 * @param group whose values they are
 */
public record GroupKeys(GroupId group) {
    /** What all keys of the group begin with. */
    public String prefix() {
        return "groups/" + group + "/";
    }

    /** The lock: the {@link org.openros.cluster.Master}. */
    public String leader() {
        return prefix() + "leader";
    }

    /** The {@link GroupRecord}. */
    public String record() {
        return prefix() + "record";
    }

    /** The committed position, once a second; an alarm floor, never a grant. */
    public String status() {
        return prefix() + "status";
    }

    /** What operators have ordered: pause. */
    public String orders() {
        return prefix() + "orders";
    }

    /** What the presence of nodes begins with. */
    public String nodes() {
        return prefix() + "nodes/";
    }

    /** Presence of one node, bound to its session. */
    public String node(NodeId node) {
        return nodes() + node;
    }

    /** Who was promoted at an epoch, when, why. */
    public String history(Epoch epoch) {
        return prefix() + "history/" + epoch;
    }
}
