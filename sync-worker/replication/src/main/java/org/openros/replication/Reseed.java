// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.NodeId;
import org.openros.replication.frame.NodeReport;

/**
 * A comparison of the disks of all configured nodes, under way.
 *
 * @param order to be answered
 * @param waiting nodes that have not answered yet
 * @param reports of those that have, this node's among them
 */
record Reseed(long order, List<NodeId> waiting, List<NodeReport> reports) {
    Reseed with(NodeReport report) {
        List<NodeId> fewer = waiting.stream().filter(node -> !node.equals(report.node())).toList();
        List<NodeReport> more = new ArrayList<>(reports);
        more.add(report);
        return new Reseed(order, fewer, List.copyOf(more));
    }
}
