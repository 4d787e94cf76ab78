// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** The way from an upgrade request to a sync connection (sync protocol, sections 1.2 to 1.7). */
class UpgradeTest {
    private static final String PATH = "/api/client/v2.0/app/app1/realm-sync";
    private static Surroundings around;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(Map.of());
    }

    @AfterAll
    static void stop() {
        around.close();
    }

    @BeforeEach
    void reset() {
        around.reset();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "com.mongodb.realm-sync#14, com.mongodb.realm-sync#13; com.mongodb.realm-sync#14",
        "com.mongodb.realm-sync/9,com.mongodb.realm-sync/8; com.mongodb.realm-sync/9",
        "com.mongodb.realm-sync#2-20; com.mongodb.realm-sync#14",
        "com.mongodb.realm-sync#2; com.mongodb.realm-sync#2",
        "chat, com.mongodb.realm-sync/7; com.mongodb.realm-sync/7"
    })
    void theChosenVersionIsEchoedInTheClientsSpelling(String offers, String chosen) throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.upgrade(PATH + "?baas_at=t", offers, "");
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 101 Switching Protocols");
            assertThat(response.header("Sec-WebSocket-Protocol")).isEqualTo(chosen);
            assertThat(response.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(response.header("Upgrade")).isEqualTo("websocket");
            assertThat(response.header("Connection")).isEqualToIgnoringCase("upgrade");
            assertThat(response.header("Sec-WebSocket-Extensions")).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "com.mongodb.realm-sync#15; REALM_SYNC_PROTOCOL_MISMATCH:CLIENT_TOO_NEW",
        "com.mongodb.realm-sync#1; REALM_SYNC_PROTOCOL_MISMATCH:CLIENT_TOO_OLD",
        "com.mongodb.realm-sync#x; malformed Sec-WebSocket-Protocol",
        "chat; no known subprotocol in Sec-WebSocket-Protocol",
        "''; no known subprotocol in Sec-WebSocket-Protocol",
        "com.mongodb.realm-query-sync#3; this server offers partition-based sync only"
    })
    void withoutACommonVersionTheAnswerIs400(String offers, String body) throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.upgrade(PATH + "?baas_at=t", offers, "");
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.body()).isEqualTo(body);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aFlexibleSyncClientIsToldThatItIsTheWrongKindOfSync() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.upgrade(PATH + "?baas_at=t", "com.mongodb.realm-query-sync#14", "");
            assertThat(response.header("Sec-WebSocket-Protocol")).isEqualTo("com.mongodb.realm-query-sync#14");
            assertThat(client.message()).startsWith("json_error 114 ").contains("\"action\":\"ApplicationBug\"");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void theTokenOfTheUrlComesBeforeTheHeader() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            client.upgrade(PATH + "?x=1&baas_at=from-url", RawClient.ALL_VERSIONS, "Authorization: Bearer other\r\n");
        }
        assertThat(around.core.questions.getFirst().get("accessToken").stringValue()).isEqualTo("from-url");
        assertThat(around.core.questions.getFirst().get("appId").stringValue()).isEqualTo("app1");
        assertThat(around.core.credentials.getFirst()).startsWith("Bearer ey");
    }

    @Test
    void theTokenOfAnOldClientIsTakenFromTheHeader() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response =
                    client.upgrade(PATH, "com.mongodb.realm-sync/2", "Authorization: Bearer from-header\r\n");
            assertThat(response.status()).isEqualTo(101);
        }
        assertThat(around.core.questions.getFirst().get("accessToken").stringValue()).isEqualTo("from-header");
    }

    @Test
    void aTokenOfManyKilobytesFitsIntoTheRequestLine() throws IOException {
        String token = "t".repeat(30_000);
        try (RawClient client = new RawClient(around.port())) {
            assertThat(client.upgrade(PATH + "?baas_at=" + token, RawClient.ALL_VERSIONS, "").status())
                    .isEqualTo(101);
        }
        assertThat(around.core.questions.getFirst().get("accessToken").stringValue()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 14})
    void aBadTokenClosesAModernConnectionWith4001(int version) throws IOException {
        around.core.connections = question -> Mono.just(FakeCore.Answer.of(401, "expired"));
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response =
                    client.upgrade(PATH + "?baas_at=t", "com.mongodb.realm-sync#" + version, "");
            assertThat(response.status()).isEqualTo(101);
            RawClient.Frame close = client.read();
            assertThat(close.opcode()).isEqualTo(RawClient.CLOSE);
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void aBadTokenOfAnOldClientIs401(int version) throws IOException {
        around.core.connections = question -> Mono.just(FakeCore.Answer.of(401, "expired"));
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response =
                    client.upgrade(PATH + "?baas_at=t", "com.mongodb.realm-sync/" + version, "");
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 401 Unauthorized");
            assertThat(response.body()).isEqualTo("expired");
        }
    }

    @Test
    void noTokenAtAllIsABadToken() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            assertThat(client.upgrade(PATH, "com.mongodb.realm-sync#7", "").status()).isEqualTo(401);
        }
        assertThat(around.core.questions).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 403, 429})
    void whatCoreServicesCannotDecideIs503(int status) throws IOException {
        around.core.connections = question -> Mono.just(FakeCore.Answer.of(status, "no quorum"));
        assertRefused(503);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404})
    void aRefusalWithoutAReasonIsNotBelieved(int status) throws IOException {
        around.core.connections = question -> Mono.just(new FakeCore.Answer(status, Map.of()));
        assertRefused(503);
    }

    @Test
    void anUnknownAppIs404() throws IOException {
        around.core.connections = question -> Mono.just(FakeCore.Answer.of(404, "unknown app"));
        assertRefused(404);
    }

    private static void assertRefused(int status) throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.upgrade(PATH + "?baas_at=t", RawClient.ALL_VERSIONS, "");
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.statusLine()).startsWith("HTTP/1.1 ");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/client/v2.0/app/bad%20app/realm-sync?baas_at=t",
        "/api/client/v2.0/app/b.c/realm-sync?baas_at=t"
    })
    void anImpossibleAppIdIs400(String uri) throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            assertThat(client.upgrade(uri, RawClient.ALL_VERSIONS, "").status()).isEqualTo(400);
        }
    }

    @Test
    void theClientLearnsItsConnectionIdFromVersion10On() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            String id = client.upgrade(PATH + "?baas_at=t", "com.mongodb.realm-sync#10", "")
                    .header("X-Appservices-Request-Id");
            assertThat(client.message()).startsWith("log_message 0 ").contains("\"co_id\":\"" + id + "\"");
        }
        try (RawClient client = RawClient.connected(around.port(), "com.mongodb.realm-sync#9")) {
            client.send("ping 7 0\n");
            assertThat(client.message()).isEqualTo("pong 7\n");
        }
    }

    @Test
    void aConnectionThatServedHttpBeforeCanBecomeASyncConnection() throws IOException {
        try (RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.request("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(response.status()).isEqualTo(200);
            client.open(RawClient.ALL_VERSIONS);
            client.send("ping 1 0\n");
            assertThat(client.message()).isEqualTo("pong 1\n");
        }
    }
}
