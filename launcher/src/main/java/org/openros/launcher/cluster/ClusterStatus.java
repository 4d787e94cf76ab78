// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.List;

/**
 * What {@code ros cluster status --json} prints.
 *
 * @param dir folder of the cluster
 * @param state {@code running} if all processes run, {@code stopped} if none lives, else {@code degraded}
 * @param ready whether all gateways can serve clients
 * @param urls of the gateways
 * @param processes in the order in which they start
 */
record ClusterStatus(String dir, String state, boolean ready, List<String> urls, List<PartStatus> processes) {
    static ClusterStatus of(String dir, List<String> urls, List<PartStatus> processes) {
        List<PartStatus> gateways =
                processes.stream().filter(part -> part.kind() == Kind.GATEWAY).toList();
        return new ClusterStatus(
                dir,
                summary(processes),
                gateways.stream().allMatch(PartStatus::ready),
                urls,
                processes);
    }

    private static String summary(List<PartStatus> processes) {
        if (processes.stream().allMatch(part -> part.state().equals("running"))) {
            return "running";
        }
        return processes.stream().allMatch(part -> part.pid() == null) ? "stopped" : "degraded";
    }
}
