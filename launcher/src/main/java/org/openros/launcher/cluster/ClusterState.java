// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

/**
 * What is known of a cluster between two commands: the content of {@code cluster.json}.
 *
 * @param version of the file's form
 * @param host address on which the gateways listen
 * @param groups number of worker groups
 * @param workerHeap largest heap of a worker, as the JVM takes it: {@code 512m}
 * @param config folder with settings of the applications, as {@code ros start --config} takes it; null for none
 * @param processes in the order in which they start
 */
record ClusterState(
        int version, String host, int groups, String workerHeap, @Nullable String config, List<Part> processes) {
    /** The version that this program reads and writes. */
    static final int VERSION = 1;

    ClusterState {
        processes = List.copyOf(processes);
    }

    /**
     * The process of that name.
     *
     * @throws StartFailure if there is none
     */
    Part part(String name) {
        return processes.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartFailure(ExitStatus.USAGE, "the cluster has no process " + name + ", but "
                        + String.join(", ", processes.stream().map(Part::name).toList())));
    }

    List<Part> ofKind(Kind kind) {
        return processes.stream().filter(part -> part.kind() == kind).toList();
    }

    ClusterState configuredBy(String folder) {
        return new ClusterState(version, host, groups, workerHeap, folder, processes);
    }

    ClusterState with(Part changed) {
        return new ClusterState(version, host, groups, workerHeap, config, processes.stream()
                .map(part -> part.name().equals(changed.name()) ? changed : part)
                .toList());
    }
}
