// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The links of each worker with the others and with Consul, made so that they can be broken. A worker is told to have
 * its Consul agent at, and to be reached under, a loopback address of its own, where {@link FaultyLink}s listen.
 * Followers dial their master, so breaking the links of a master parts it from all others; what it asks them itself
 * still gets through.
 */
public final class WorkerLinks implements AutoCloseable {
    private static final int WORKERS = 3;
    private static final int FIRST_ADDRESS = 20;

    private final Path settings;
    private final Path state;
    private final Map<String, Map<Peer, FaultyLink>> links = new HashMap<>();

    /** Who is at the other end of a worker's links. */
    public enum Peer {
        /** The workers that follow it, and those that ask it something. */
        FOLLOWERS,
        /** Its Consul agent. */
        CONSUL
    }

    /** Writes the settings, which hold from the next start of the cluster on. */
    public WorkerLinks(Path cluster) {
        settings = cluster.resolve("etc").resolve("local");
        state = cluster.resolve("cluster.json");
        try {
            Files.createDirectories(settings);
            for (int i = 1; i <= WORKERS; i++) {
                Files.write(file(i), List.of(
                        "ros.worker.replication.advertise=" + address(i), "spring.cloud.consul.host=" + address(i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(int worker) {
        return settings.resolve("worker-" + worker + ".properties");
    }

    private static String address(int worker) {
        return "127.0.0." + (FIRST_ADDRESS + worker);
    }

    /** Opens the links as soon as the cluster has its ports, on a thread of its own. */
    public void open() {
        Thread.ofVirtual().name("worker-links").start(() -> {
            try {
                while (!Files.exists(state)) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                JsonNode processes = JsonMapper.shared().readTree(state.toFile()).path("processes");
                for (int i = 1; i <= WORKERS; i++) {
                    open(i, processes);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void open(int worker, JsonNode processes) {
        Map<Peer, FaultyLink> opened = new EnumMap<>(Peer.class);
        for (JsonNode process : processes) {
            JsonNode ports = process.path("ports");
            if (process.path("name").asString("").equals("worker-" + worker)) {
                opened.put(Peer.FOLLOWERS, link(worker, ports.path("replication").asInt(0)));
            } else if (process.path("name").asString("").equals("agent-w" + worker)) {
                opened.put(Peer.CONSUL, link(worker, ports.path("http").asInt(0)));
            }
        }
        links.put("worker-" + worker, opened);
    }

    private static FaultyLink link(int worker, int port) {
        try {
            return new FaultyLink(InetAddress.getByName(address(worker)),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Breaks or mends links of a worker. */
    public synchronized void set(String worker, Set<Peer> peers, FaultyLink.Condition condition) {
        Map<Peer, FaultyLink> present = links.getOrDefault(worker, Map.of());
        if (!present.keySet().containsAll(peers)) {
            throw new IllegalStateException(worker + " has no links that can be broken");
        }
        present.forEach((peer, link) -> {
            if (peers.contains(peer)) {
                link.set(condition);
            }
        });
    }

    /** Closes the links and takes the settings back. */
    @Override
    public synchronized void close() {
        links.values().forEach(all -> all.values().forEach(FaultyLink::close));
        try {
            for (int i = 1; i <= WORKERS; i++) {
                Files.deleteIfExists(file(i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
