// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Core services that hang or break off. */
class CircuitTest {
    private static final int CALLS = 20;

    private static RawClient.Response ask(int port, String method, String path) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return client.request(method + " /api/client/v2.0/" + path
                    + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private static double openCircuits(Surroundings around) {
        return around.gateway.getBean(MeterRegistry.class)
                .get("ros.core-services.circuits.open").gauge().value();
    }

    @Test
    void anInstanceThatHangsIsLeftAloneAndTriedAgainLater() throws Exception {
        Map<String, Object> settings =
                Map.of("ros.http.response-timeout", "500ms", "ros.core-services.circuit-open", "3s");
        try (Surroundings around = Surroundings.start(settings)) {
            CountDownLatch answered = new CountDownLatch(CALLS);
            for (int i = 0; i < CALLS; i++) {
                Thread.startVirtualThread(() -> {
                    try {
                        assertThat(ask(around.port(), "GET", "never").status()).isEqualTo(503);
                        answered.countDown();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
            }
            await().until(() -> answered.getCount() == 0);
            assertThat(openCircuits(around)).isEqualTo(1);
            RawClient.Response refused = ask(around.port(), "POST", "quick");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("2");
            assertThat(around.core.forwarded).isEmpty();
            try (RawClient client = new RawClient(around.port())) {
                String sync = "/api/client/v2.0/app/app1/realm-sync?baas_at=t";
                assertThat(client.upgrade(sync, RawClient.ALL_VERSIONS, "").status()).isEqualTo(503);
            }
            await().pollInSameThread().untilAsserted(() ->
                    assertThat(ask(around.port(), "POST", "quick").status()).isEqualTo(201));
            await().pollInSameThread().until(() -> {
                ask(around.port(), "POST", "quick");
                return openCircuits(around) == 0;
            });
        }
    }

    @Test
    void questionsOfTheGatewayCountToo() throws Exception {
        Map<String, Object> settings =
                Map.of("ros.core-services.response-timeout", "500ms", "ros.core-services.circuit-open", "30s");
        try (Surroundings around = Surroundings.start(settings)) {
            around.core.connections = question -> Mono.never();
            for (int i = 0; i < CALLS; i++) {
                Thread.startVirtualThread(() -> {
                    try (RawClient client = new RawClient(around.port())) {
                        client.upgrade("/api/client/v2.0/app/a/realm-sync?baas_at=t", RawClient.ALL_VERSIONS, "");
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                });
            }
            await().until(() -> openCircuits(around) == 1);
        }
    }

    @Test
    void aCallThatChangesNothingIsRepeatedWhenItBreaksOffAndNoOtherIs() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        try (ServerSocket core = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Surroundings around = Surroundings.start(
                        Map.of("ros.core-services.urls", URI.create("http://127.0.0.1:" + core.getLocalPort())))) {
            Thread.startVirtualThread(() -> breakOffEachFirst(core, seen));
            assertThat(ask(around.port(), "GET", "location").status()).isEqualTo(200);
            assertThat(seen).hasValue(2);
            assertThat(ask(around.port(), "POST", "session").status()).isEqualTo(503);
            await().during(Duration.ofMillis(200)).until(() -> seen.get() == 3);
        }
    }

    /** Closes every other connection when it has read the request; only calls of clients count. */
    private static void breakOffEachFirst(ServerSocket server, AtomicInteger seen) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
                String first = String.valueOf(in.readLine());
                while (!String.valueOf(in.readLine()).isEmpty()) {
                    // The head goes on.
                }
                if (first.contains("/api/client/") && seen.incrementAndGet() % 2 == 0) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".getBytes(
                                    ISO_8859_1));
                }
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }
}
