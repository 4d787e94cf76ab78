// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

/**
 * A group of a cluster on this machine.
 *
 * @param group its name
 * @param workers where their HTTP interfaces are, by name, whether they run or not
 * @param secret that the applications share
 * @param gateways of the cluster, whether they run or not
 * @param adminToken file with the token of an administrator, there once core services have run
 */
public record LocalGroup(
        String group, Map<String, URI> workers, String secret, List<URI> gateways, Path adminToken) {
    /** Copies workers and gateways, in their order. */
    public LocalGroup {
        workers = Collections.unmodifiableMap(new LinkedHashMap<>(workers));
        gateways = List.copyOf(gateways);
    }

    /**
     * Reads it from the folder of the cluster.
     *
     * @param group null for the first one
     * @throws StartFailure if there is no such cluster or group
     */
    public static LocalGroup of(Path dir, @Nullable String group) {
        ClusterFolder folder = new ClusterFolder(dir);
        String wanted = group == null ? Topology.groupName(1) : group;
        Map<String, URI> workers = new LinkedHashMap<>();
        for (Part part : folder.existing().ofKind(Kind.WORKER)) {
            if (wanted.equals(part.group())) {
                workers.put(part.name(), URI.create(part.url()));
            }
        }
        if (workers.isEmpty()) {
            throw new StartFailure(ExitStatus.USAGE, "the cluster in " + folder.root() + " has no group " + wanted
                    + ": ros cluster status shows the groups");
        }
        List<URI> gateways = folder.existing().ofKind(Kind.GATEWAY).stream()
                .map(folder::url)
                .toList();
        return new LocalGroup(
                wanted, workers, folder.keys().internalSecret(), gateways, folder.keys().adminToken());
    }

    @Override
    public String toString() {
        return "LocalGroup[" + group + " " + workers + "]";
    }
}
