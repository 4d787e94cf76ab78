// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.lock.GroupSnapshot;

/** Leads clients to the master that the lock service names, never to a lower epoch than it has seen. */
final class Gateway {
    private final World world;
    private final String name;
    private Epoch epoch = Epoch.NONE;
    private @Nullable Host master;
    private boolean pinned;
    private @Nullable GroupSnapshot missed;

    Gateway(World world, String name) {
        this.world = world;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Sees nothing any more (fault F15). */
    void pin() {
        pinned = true;
    }

    void unpin() {
        pinned = false;
        if (missed != null) {
            seen(missed);
        }
    }

    void seen(GroupSnapshot group) {
        GroupSnapshot.Leader leader = group.leader();
        missed = group;
        if (pinned || leader == null || leader.session() == null || leader.epoch().compareTo(epoch) < 0) {
            return;
        }
        epoch = leader.epoch();
        Host host = world.host(leader.node());
        if (host != master) {
            master = host;
            world.clients.forEach(client -> client.moved(this, host));
        }
    }

    /**
     * Where a session goes; null if no master is known.
     *
     * @param hint whom the node that was asked last named as master, or null
     */
    @Nullable Host route(@Nullable String hint) {
        return hint == null ? master : world.host(new NodeId(hint));
    }
}
