// SPDX-License-Identifier: Apache-2.0
package org.openros.consul.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One Consul process of a cluster on this machine: a server, or the agent beside an application. All of it stays on
 * 127.0.0.1.
 *
 * @param name of the node, unique in the cluster
 * @param folder for its data, configuration and log; made if missing
 * @param servers how many servers the cluster has, for a server; 0 for an agent
 * @param join serf ports of nodes to join; its own is ignored
 * @param extra settings of Consul's configuration file that go over these
 */
public record ConsulNode(
        String name, Path folder, Ports ports, int servers, List<Integer> join, Map<String, Object> extra) {
    /**
     * Where it listens.
     *
     * @param http for applications
     * @param rpc for other nodes
     * @param serf for gossip, TCP and UDP
     */
    public record Ports(int http, int rpc, int serf) {}

    /** Copies the collections. */
    public ConsulNode {
        join = List.copyOf(join);
        extra = Map.copyOf(extra);
    }

    /** A server of a cluster with so many. */
    public static ConsulNode server(String name, Path folder, Ports ports, int servers, List<Integer> join) {
        return new ConsulNode(name, folder, ports, servers, join, Map.of());
    }

    /** An agent that joins a cluster. */
    public static ConsulNode agent(String name, Path folder, Ports ports, List<Integer> join) {
        return new ConsulNode(name, folder, ports, 0, join, Map.of());
    }

    /** With settings of Consul's configuration file that go over its own. */
    public ConsulNode with(Map<String, Object> settings) {
        return new ConsulNode(name, folder, ports, servers, join, settings);
    }

    Path log() {
        return folder.resolve("consul.log");
    }

    Path configuration() {
        return folder.resolve("consul.json");
    }

    byte[] json() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("node_name", name);
        settings.put("data_dir", folder.resolve("data").toAbsolutePath().toString());
        settings.put("bind_addr", "127.0.0.1");
        settings.put("client_addr", "127.0.0.1");
        settings.put("ports", portNumbers());
        settings.put("retry_join", addresses());
        settings.put("retry_interval", "300ms");
        // A stopped node comes back with what it had: nobody is sent away.
        settings.put("leave_on_terminate", false);
        settings.put("skip_leave_on_interrupt", true);
        settings.put("disable_update_check", true);
        settings.put("log_level", "info");
        settings.put("session_ttl_min", "10s");
        settings.put("performance", Map.of("raft_multiplier", 1));
        // Half of Consul's own: on one machine gossip is quick, and a killed node is to be noticed soon.
        settings.put("gossip_lan", Map.of("probe_interval", "500ms", "probe_timeout", "400ms"));
        if (servers > 0) {
            settings.put("server", true);
            settings.put("bootstrap_expect", servers);
            // The servers are always the same: a dead one stays a voter, and votes again as soon as it is back.
            settings.put(
                    "autopilot", Map.of("cleanup_dead_servers", false, "server_stabilization_time", "1s"));
        }
        settings.putAll(extra);
        return new JsonMapper().writeValueAsBytes(settings);
    }

    private Map<String, Integer> portNumbers() {
        return Map.of(
                "http", ports.http, "server", ports.rpc, "serf_lan", ports.serf, "serf_wan", -1, "dns", -1, "grpc", -1);
    }

    private List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (int port : join) {
            if (port != ports.serf) {
                addresses.add("127.0.0.1:" + port);
            }
        }
        return addresses;
    }
}
