// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The settings of the applications: what an operator would write for the same topology on separate machines. */
final class ApplicationSettings {
    private static final String LOOPBACK = "127.0.0.1";

    private final ClusterState state;
    private final ClusterFolder folder;

    ApplicationSettings(ClusterState state, ClusterFolder folder) {
        this.state = state;
        this.folder = folder;
    }

    /** The settings of one process, without secrets. */
    Map<String, String> of(Part part) {
        Map<String, String> settings = new TreeMap<>();
        Part agent = state.part(Objects.requireNonNull(part.agent()));
        settings.put("server.address", part.kind() == Kind.GATEWAY ? state.host() : LOOPBACK);
        settings.put("server.port", Integer.toString(part.port("http")));
        settings.put("spring.jmx.enabled", "false");
        settings.put("ros.lock-service", "consul");
        settings.put("spring.cloud.consul.host", LOOPBACK);
        settings.put("spring.cloud.consul.port", Integer.toString(agent.port("http")));
        switch (part.kind()) {
            case WORKER -> worker(part, settings);
            case CORE -> {
                settings.put("ros.auth.signing-keys", folder.keys().signingKeys().toString());
                settings.put("ros.auth.admin-token-file", folder.keys().adminToken().toString());
                settings.put("ros.backup.folder", folder.backups().toString());
                for (int i = 0; i < state.groups(); i++) {
                    settings.put("ros.directory.groups[" + i + "].name", Topology.groupName(i + 1));
                }
            }
            case GATEWAY -> {
                // It finds core services in Consul.
            }
            case CONSUL, AGENT -> throw new IllegalArgumentException(part.name() + " is no application");
        }
        return settings;
    }

    private void worker(Part part, Map<String, String> settings) {
        settings.put("ros.core-services.urls", coreServices());
        settings.put("ros.worker.group", Objects.requireNonNull(part.group()));
        settings.put("ros.worker.node", part.name());
        settings.put("ros.worker.nodes", state.ofKind(Kind.WORKER).stream()
                .filter(other -> part.group().equals(other.group()))
                .map(Part::name)
                .collect(Collectors.joining(",")));
        settings.put("ros.worker.data", folder.data(part).toString());
        settings.put("ros.worker.api-host", LOOPBACK);
        settings.put("ros.worker.link.listen", "grpc://" + LOOPBACK + ":" + part.port("link"));
        settings.put("ros.worker.replication.listen", "grpc://" + LOOPBACK + ":" + part.port("replication"));
        settings.put("ros.worker.replication.advertise", LOOPBACK);
    }

    private String coreServices() {
        return state.ofKind(Kind.CORE).stream().map(Part::url).collect(Collectors.joining(","));
    }
}
