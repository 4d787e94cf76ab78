// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.process.ProcessIdentity;

/**
 * One process of the cluster.
 *
 * @param name unique in the cluster, {@code worker-1}
 * @param group of a worker, null for all others
 * @param agent the Consul agent that an application talks to, null for Consul itself
 * @param ports by their names, chosen once
 * @param process it was started as last; null before the first start and after a stop
 * @param command it was started with last
 */
record Part(
        String name,
        Kind kind,
        @Nullable String group,
        @Nullable String agent,
        Map<String, Integer> ports,
        @Nullable ProcessIdentity process,
        List<String> command) {
    Part {
        ports = new TreeMap<>(ports);
        command = List.copyOf(command);
    }

    Part startedAs(ProcessIdentity identity, List<String> line) {
        return new Part(name, kind, group, agent, ports, identity, line);
    }

    Part stopped() {
        return new Part(name, kind, group, agent, ports, null, command);
    }

    /** A port by its name. */
    int port(String key) {
        Integer port = ports.get(key);
        if (port == null) {
            throw new IllegalArgumentException(name + " has no port " + key);
        }
        return port;
    }

    /** Where its HTTP interface is reached from this machine. */
    String url() {
        return "http://127.0.0.1:" + port("http");
    }
}
