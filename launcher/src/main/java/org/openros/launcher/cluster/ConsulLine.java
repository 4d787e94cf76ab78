// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.openros.consul.local.ConsulNode;
import org.openros.consul.local.ConsulNode.Ports;
import org.openros.consul.local.LocalConsul;

/**
 * The command lines of Consul's processes.
 *
 * @param program asked for when one is started
 */
record ConsulLine(Supplier<Path> program) {
    /** Writes the configuration of the node and tells how it is run. */
    List<String> prepare(Part part, ClusterState state, ClusterFolder folder) throws IOException {
        return new LocalConsul(program.get(), node(part, state, folder)).command();
    }

    private static ConsulNode node(Part part, ClusterState state, ClusterFolder folder) {
        Ports ports = new Ports(part.port("http"), part.port("server"), part.port("serf"));
        List<Integer> join =
                state.ofKind(Kind.CONSUL).stream().map(server -> server.port("serf")).toList();
        return part.kind() == Kind.CONSUL
                ? ConsulNode.server(part.name(), folder.data(part), ports, Topology.CONSUL_SERVERS, join)
                : ConsulNode.agent(part.name(), folder.data(part), ports, join);
    }
}
