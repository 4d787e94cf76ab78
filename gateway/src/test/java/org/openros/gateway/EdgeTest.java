// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Who may connect, how often, and how long asking may take. */
class EdgeTest {
    private static final String SYNC = "/api/client/v2.0/app/app1/realm-sync?baas_at=token1";
    private static final String LOCATION = "GET /api/client/v2.0/app/a/location HTTP/1.1\r\nHost: x\r\n\r\n";

    /** So that this machine is no balancer but one client. */
    private static final Map.Entry<String, Object> NO_BALANCER = Map.entry("ros.http.trusted-proxies", "10.0.0.0/8");

    private static double limited(Surroundings around, String limit) {
        return around.gateway.getBean(MeterRegistry.class)
                .get("ros.gateway.limited")
                .tag("limit", limit)
                .counter()
                .count();
    }

    @Test
    void connectionsOfOneAddressBeyondTheLimitAreToldToWaitAndLaterTurnedAway() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try (Surroundings around = Surroundings.start(
                Map.ofEntries(NO_BALANCER, Map.entry("ros.gateway.connections-per-address", 2)))) {
            clients.add(RawClient.connected(around.port()));
            clients.add(new RawClient(around.port()));
            assertThat(clients.get(1).request(LOCATION).status()).isEqualTo(201);
            clients.add(new RawClient(around.port()));
            clients.add(new RawClient(around.port()));
            assertTold(clients.get(2).request(LOCATION));
            assertTold(clients.get(3).upgrade(SYNC, RawClient.ALL_VERSIONS, ""));
            assertThat(limited(around, "connections-per-address")).isEqualTo(2);
            for (RawClient each : clients) {
                each.close();
            }
            await().pollInSameThread().ignoreExceptions()
                    .untilAsserted(() -> RawClient.connected(around.port()).close());
        }
    }

    @Test
    void aFloodOfOneAddressIsTurnedAwayWithoutAWord() throws IOException {
        List<RawClient> flood = new ArrayList<>();
        try (Surroundings around = Surroundings.start(
                Map.ofEntries(NO_BALANCER, Map.entry("ros.gateway.connections-per-address", 1)))) {
            for (int i = 0; i < 3; i++) {
                flood.add(new RawClient(around.port()));
            }
            assertEnds(flood.get(2));
            for (RawClient each : flood) {
                each.close();
            }
        }
    }

    private static void assertTold(RawClient.Response response) {
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.header("Retry-After")).isEqualTo("2");
        assertThat(response.body()).contains("too many connections");
    }

    @Test
    void clientsBehindABalancerAreCountedOneByOne() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.connections-per-address", 1));
                RawClient one = new RawClient(around.port());
                RawClient again = new RawClient(around.port());
                RawClient other = new RawClient(around.port());
                RawClient liar = new RawClient(around.port())) {
            assertThat(behindBalancer(one, "198.51.100.7").status()).isEqualTo(101);
            assertTold(behindBalancer(again, "198.51.100.7"));
            assertThat(behindBalancer(other, "198.51.100.8").status()).isEqualTo(101);
            assertTold(behindBalancer(liar, "192.0.2.1, 198.51.100.7"));
        }
    }

    @Test
    void anIpv6NetworkIsOneClient() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.connections-per-address", 1));
                RawClient one = new RawClient(around.port());
                RawClient neighbour = new RawClient(around.port());
                RawClient other = new RawClient(around.port())) {
            assertThat(behindBalancer(one, "2001:db8:1:2::1").status()).isEqualTo(101);
            assertTold(behindBalancer(neighbour, "2001:db8:1:2:ffff::9"));
            assertThat(behindBalancer(other, "2001:db8:1:3::1").status()).isEqualTo(101);
        }
    }

    private static RawClient.Response behindBalancer(RawClient client, String address) throws IOException {
        return client.upgrade(SYNC, RawClient.ALL_VERSIONS, "X-Forwarded-For: " + address + "\r\n");
    }

    @Test
    void aUserHasOnlySoManyConnections() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.connections-per-user", 1))) {
            try (RawClient one = RawClient.connected(around.port());
                    RawClient further = new RawClient(around.port())) {
                assertTold(further.upgrade(SYNC, RawClient.ALL_VERSIONS, ""));
                assertThat(limited(around, "connections-per-user")).isEqualTo(1);
                around.core.connections = question ->
                        Mono.just(new FakeCore.Answer(200, Map.of("userId", "u2")));
                RawClient.connected(around.port()).close();
                one.send("ping 1 0\n");
                assertThat(one.message()).isEqualTo("pong 1\n");
            }
            await().pollInSameThread().ignoreExceptions()
                    .untilAsserted(() -> RawClient.connected(around.port()).close());
        }
    }

    @Test
    void aRequestThatTricklesInIsCutOffAndASyncConnectionIsNot() throws Exception {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.request-timeout", "700ms"));
                RawClient sync = RawClient.connected(around.port());
                RawClient mute = new RawClient(around.port());
                RawClient slow = new RawClient(around.port());
                RawClient later = new RawClient(around.port())) {
            assertThat(later.request(LOCATION).status()).isEqualTo(201);
            Thread trickle = Thread.startVirtualThread(() -> trickle(slow, later));
            assertEnds(mute);
            assertEnds(slow);
            assertEnds(later);
            trickle.join();
            assertThat(limited(around, "request-timeout")).isEqualTo(3);
            sync.send("ping 1 0\n");
            assertThat(sync.message()).isEqualTo("pong 1\n");
        }
    }

    private static void trickle(RawClient... clients) {
        try {
            for (byte each : LOCATION.getBytes(ISO_8859_1)) {
                for (RawClient client : clients) {
                    client.sendRaw(new byte[] {each});
                }
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPauseBetweenRequestsIsNoTrickle() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.request-timeout", "300ms"));
                RawClient client = new RawClient(around.port())) {
            assertThat(client.request(LOCATION).status()).isEqualTo(201);
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            assertThat(client.request(LOCATION).status()).isEqualTo(201);
        }
    }

    @Test
    void aBodyThatTricklesInIsCutOff() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.body-timeout", "500ms"));
                RawClient client = new RawClient(around.port())) {
            client.sendRaw(("POST /api/client/v2.0/auth/session HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345")
                    .getBytes(ISO_8859_1));
            byte[] untilTheEnd = client.readRaw(1 << 20);
            assertThat(new String(untilTheEnd, ISO_8859_1)).doesNotContain(" 201 ");
            assertThat(around.core.forwarded).isEmpty();
        }
    }

    private static void assertEnds(RawClient client) {
        assertThatThrownBy(client::read).isInstanceOfAny(EOFException.class, SocketException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }
}
