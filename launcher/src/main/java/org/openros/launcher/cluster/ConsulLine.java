// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.ArrayList;
import java.util.List;

/** The command lines of Consul's processes. */
final class ConsulLine {
    private final ClusterState state;
    private final ClusterFolder folder;

    ConsulLine(ClusterState state, ClusterFolder folder) {
        this.state = state;
        this.folder = folder;
    }

    List<String> of(Part part) {
        List<String> line = new ArrayList<>(List.of(
                System.getenv().getOrDefault("CONSUL", "consul"), "agent",
                "-node=" + part.name(),
                "-bind=127.0.0.1",
                "-client=127.0.0.1",
                "-data-dir=" + folder.data(part),
                "-http-port=" + part.port("http"),
                "-serf-lan-port=" + part.port("serf"),
                "-serf-wan-port=-1",
                "-server-port=" + part.port("server"),
                "-dns-port=-1",
                "-hcl=performance { raft_multiplier = 1 }"));
        if (part.kind() == Kind.CONSUL) {
            line.addAll(List.of("-server", "-bootstrap-expect=" + Topology.CONSUL_SERVERS));
        }
        state.ofKind(Kind.CONSUL).stream()
                .filter(server -> !server.name().equals(part.name()))
                .forEach(server -> line.add("-retry-join=127.0.0.1:" + server.port("serf")));
        return line;
    }
}
