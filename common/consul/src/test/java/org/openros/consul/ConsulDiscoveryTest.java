// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.ServiceInstance;

import static org.awaitility.Awaitility.await;

/** Instances in a real Consul. */
class ConsulDiscoveryTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<List<URI>> found = new CopyOnWriteArrayList<>();

    @Test
    void onlyInstancesThatCanWorkAndHaveNotLeftAreFound(@TempDir Path folder) throws IOException {
        AtomicInteger readiness = new AtomicInteger(200);
        HttpServer one = server(readiness);
        HttpServer other = server(new AtomicInteger(200));
        try (RealConsul consul = RealConsul.start(folder, 1, 1, Map.of());
                ConsulServiceDirectory directory = new ConsulServiceDirectory(
                        new ConsulAddress(consul.agents.getFirst().url(), "", null), "openros/")) {
            directory.watch("core-services", found::add);
            directory.register(instance(one));
            Registration leaving = directory.register(instance(other));
            awaitFound(one, other);
            readiness.set(503);
            awaitFound(other);
            readiness.set(200);
            awaitFound(one, other);
            leaving.close();
            awaitFound(one);
        } finally {
            one.stop(0);
            other.stop(0);
        }
    }

    private void awaitFound(HttpServer... servers) {
        List<URI> expected = List.of(servers).stream()
                .map(server -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .sorted()
                .toList();
        await().atMost(LIMIT).until(() -> !found.isEmpty() && found.getLast().equals(expected));
    }

    private static ServiceInstance instance(HttpServer server) {
        return new ServiceInstance("core-services", "127.0.0.1", server.getAddress().getPort(), false, Map.of());
    }

    private static HttpServer server(AtomicInteger readiness) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/livez", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/readyz", exchange -> {
            exchange.sendResponseHeaders(readiness.get(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
