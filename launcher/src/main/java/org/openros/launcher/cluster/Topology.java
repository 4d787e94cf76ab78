// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;

/** Which processes a cluster has, what they are called and where they listen. */
final class Topology {
    /** Servers of Consul; a majority of them has to run. */
    static final int CONSUL_SERVERS = 3;

    /** Workers of a group: master, backup, spare. */
    static final int WORKERS = 3;

    /** Instances of core services. */
    static final int CORES = 2;

    /** Gateways. */
    static final int GATEWAYS = 2;

    /** The agent of gateways and core services. */
    static final String SHARED_AGENT = "agent-services";

    private final List<Part> parts = new ArrayList<>();
    private final IntSupplier freePort;

    private Topology(IntSupplier freePort) {
        this.freePort = freePort;
    }

    /**
     * The processes, in the order in which they start.
     *
     * @param gatewayPort of the first gateway; the second one has the port after it
     * @param freePort another port at each call
     */
    static List<Part> of(int gatewayPort, int groups, IntSupplier freePort) {
        Topology topology = new Topology(freePort);
        topology.consul(groups * WORKERS);
        topology.workers(groups);
        for (int i = 1; i <= CORES; i++) {
            topology.add("core-" + i, Kind.CORE, null, SHARED_AGENT);
        }
        for (int i = 1; i <= GATEWAYS; i++) {
            topology.parts.add(new Part("gateway-" + i, Kind.GATEWAY, null, SHARED_AGENT,
                    Map.of("http", gatewayPort + i - 1), null, List.of()));
        }
        return List.copyOf(topology.parts);
    }

    private void consul(int workers) {
        for (int i = 1; i <= CONSUL_SERVERS; i++) {
            add("consul-" + i, Kind.CONSUL, null, null);
        }
        for (int i = 1; i <= workers; i++) {
            add("agent-w" + i, Kind.AGENT, null, null);
        }
        add(SHARED_AGENT, Kind.AGENT, null, null);
    }

    private void workers(int groups) {
        for (int i = 0; i < groups * WORKERS; i++) {
            add("worker-" + (i + 1), Kind.WORKER, groupName(i / WORKERS + 1), "agent-w" + (i + 1));
        }
    }

    /** Accounts lie in the default group, so the first one is that. */
    static String groupName(int number) {
        return number == 1 ? GroupId.DEFAULT.toString() : "group-" + number;
    }

    private void add(String name, Kind kind, @Nullable String group, @Nullable String agent) {
        Map<String, Integer> ports = new TreeMap<>();
        kind.ports().forEach(port -> ports.put(port, freePort.getAsInt()));
        parts.add(new Part(name, kind, group, agent, ports, null, List.of()));
    }
}
