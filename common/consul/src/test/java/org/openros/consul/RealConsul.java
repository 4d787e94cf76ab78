// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.openros.consul.local.ConsulBinary;
import org.openros.consul.local.ConsulMissingException;
import org.openros.consul.local.ConsulNode;
import org.openros.consul.local.ConsulNode.Ports;
import org.openros.consul.local.LocalConsul;

/** Real Consul processes for a test. Where Consul cannot be had, the test is skipped and says why. */
final class RealConsul implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);

    private static @Nullable String missing;

    final List<LocalConsul> servers = new ArrayList<>();
    final List<LocalConsul> agents = new ArrayList<>();
    private final List<ConsulLockService> clients = new ArrayList<>();

    /**
     * Starts servers and agents and returns when sessions can be opened on all of them. To be called before each test,
     * not before all: only tests are reported as skipped.
     */
    static RealConsul start(Path folder, int servers, int agents, Map<String, Object> settings) throws IOException {
        Path binary = binary();
        List<Ports> ports = freePorts(servers + agents);
        List<Integer> join = ports.subList(0, servers).stream().map(Ports::serf).toList();
        RealConsul consul = new RealConsul();
        for (int i = 0; i < servers; i++) {
            ConsulNode node = ConsulNode.server("server-" + i, folder.resolve("s" + i), ports.get(i), servers, join);
            consul.servers.add(new LocalConsul(binary, node.with(settings)));
        }
        for (int i = 0; i < agents; i++) {
            ConsulNode node = ConsulNode.agent("agent-" + i, folder.resolve("a" + i), ports.get(servers + i), join);
            consul.agents.add(new LocalConsul(binary, node.with(settings)));
        }
        try {
            consul.startAll();
        } catch (IOException e) {
            consul.close();
            throw e;
        }
        return consul;
    }

    /** Looks once for all tests, because it may take seconds to find nothing. */
    private static synchronized Path binary() {
        if (missing == null) {
            try {
                return ConsulBinary.ofThisMachine().findOrFetch(System.out::println);
            } catch (ConsulMissingException e) {
                missing = e.getMessage();
                System.out.println("Not tested with a real Consul: " + missing);
            }
        }
        return Assumptions.abort("not tested with a real Consul: " + missing);
    }

    private void startAll() throws IOException {
        List<LocalConsul> all = Stream.concat(servers.stream(), agents.stream()).toList();
        for (LocalConsul each : all) {
            each.start();
        }
        for (LocalConsul each : all) {
            each.awaitReady(START);
        }
    }

    /** Ports that nobody listens on now. */
    static List<Ports> freePorts(int nodes) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < nodes * 3; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Ports> ports = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                ports.add(new Ports(
                        sockets.get(3 * i).getLocalPort(),
                        sockets.get(3 * i + 1).getLocalPort(),
                        sockets.get(3 * i + 2).getLocalPort()));
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lock service on a node, closed with this. */
    ConsulLockService client(LocalConsul node) {
        return client(node, "");
    }

    ConsulLockService client(LocalConsul node, String token) {
        ConsulLockService client =
                new ConsulLockService(new ConsulAddress(node.url(), token, null), "openros-test/",
                        List.of("serfHealth"));
        clients.add(client);
        return client;
    }

    @Override
    public void close() {
        clients.forEach(ConsulLockService::close);
        Stream.concat(agents.stream(), servers.stream()).forEach(LocalConsul::kill);
    }
}
