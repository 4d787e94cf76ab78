// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.HashSet;
import java.util.List;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;

/**
 * What a node is configured to be.
 *
 * @param nodes all configured nodes of the group, in order; the first two are members at the first start
 * @param formatLevel newest level of log entries that this software reads and writes
 * @param incarnation random number of this process
 * @param firstLineage random; becomes the group's lineage if this node creates the record
 * @param whenBackupLost what the master does without backup and spare
 */
public record NodeSettings(
        GroupId group,
        NodeId node,
        List<NodeId> nodes,
        int formatLevel,
        long incarnation,
        Lineage firstLineage,
        WhenBackupLost whenBackupLost,
        Timing timing) {
    /** What a master without backup and spare does with uploads. */
    public enum WhenBackupLost {
        /** They wait, and stay safely on the devices. */
        BLOCK,
        /** They go on after a grace; a failure of the one disk loses what was acknowledged since. */
        SOLO
    }

    /**
     * Checks the names.
     *
     * @throws IllegalArgumentException if a node stands there twice, or this one does not
     */
    public NodeSettings {
        nodes = List.copyOf(nodes);
        if (!nodes.contains(node) || new HashSet<>(nodes).size() < nodes.size()) {
            throw new IllegalArgumentException(
                    "ros.worker.nodes has to name " + node + ", and each node once: " + nodes);
        }
    }

    /** Whether this is the single edition: one node, which misses no backup. */
    public boolean isAlone() {
        return nodes.size() == 1;
    }
}
