// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/** What a process of the cluster is, in the order in which they start. Others need those before them. */
enum Kind {
    /** A Consul server. */
    CONSUL("http", "serf", "server"),
    /** A Consul agent, through which applications talk to the servers. */
    AGENT("http", "serf", "server"),
    /** A sync worker. */
    WORKER("http", "link", "replication"),
    /** Core services. */
    CORE("http"),
    /** A gateway. */
    GATEWAY("http");

    private final List<String> ports;

    Kind(String... ports) {
        this.ports = List.of(ports);
    }

    /** The names of the ports it listens on; all have {@code http}. */
    List<String> ports() {
        return ports;
    }

    /** Whether it is one of the applications, not a part of Consul. */
    boolean isApplication() {
        return compareTo(AGENT) > 0;
    }

    /** As it stands in files and output. */
    @JsonValue
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
