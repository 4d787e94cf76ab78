// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;

/** Everything the machine knows. Immutable for those who hold it; only {@link RoleMachine} makes new ones. */
public final class State {
    private final NodeSettings settings;
    private final DiskView disk;

    private State(NodeSettings settings, DiskView disk) {
        this.settings = settings;
        this.disk = disk;
    }

    /**
     * The state of a process that begins.
     *
     * @param disk as it was opened
     */
    public static State initial(NodeSettings settings, DiskView disk) {
        return new State(settings, disk);
    }

    /** How the node sees itself; built anew by every call. */
    public Status status() {
        Position last = disk.last();
        NodeReport report = new NodeReport(disk.group(), settings.node(), disk.store(), settings.incarnation(), Role.STARTING,
                Epoch.NONE, disk.lineage(), disk.promised(), last, disk.appliedSeq(), settings.formatLevel());
        return new Status(report, null, List.of(), List.of(), disk.appliedSeq(), last, List.of(), List.of(), false, false,
                "starting");
    }

    /** How it sees another node, in answer to a probe. */
    public Sight sightOf(NodeId node, long now) {
        return Sight.UNKNOWN;
    }
}
