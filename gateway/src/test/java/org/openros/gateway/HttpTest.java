// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The HTTP side of the public address (client HTTP API, sections 1 to 3). */
class HttpTest {
    private static Surroundings around;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(Map.of(
                "ros.http.max-body", "1KB",
                "ros.http.response-timeout", "500ms",
                "ros.http.trusted-proxies", "10.0.0.0/8"));
    }

    @AfterAll
    static void stop() {
        around.close();
    }

    @BeforeEach
    void reset() {
        around.reset();
    }

    private static RawClient.Response ask(Surroundings where, String request) throws IOException {
        try (RawClient client = new RawClient(where.port())) {
            return client.request(request);
        }
    }

    private static RawClient.Response get(String path) throws IOException {
        return ask(around, "GET " + path + " HTTP/1.1\r\nHost: sync.example:1234\r\nX-Forwarded-Host: evil\r\n"
                + "Forwarded: host=evil\r\n\r\n");
    }

    @Test
    void callsOfSdksReachCoreServices() throws IOException {
        RawClient.Response response = ask(around, "POST /api/client/v2.0/auth/session?a=b HTTP/1.1\r\n"
                + "Host: sync.example:1234\r\nAuthorization: Bearer t\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                + "Content-Type: application/json;charset=utf-8\r\nContent-Length: 7\r\n\r\n{\"a\":1}");
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 201 Created");
        assertThat(response.body()).isEqualTo("{\"echo\":\"api/client/v2.0/auth/session\"}");
        FakeCore.Forwarded call = around.core.forwarded.getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.uri()).isEqualTo("/api/client/v2.0/auth/session?a=b");
        assertThat(call.body()).isEqualTo("{\"a\":1}");
        assertThat(call.headers())
                .containsEntry("Authorization", "Bearer t")
                .containsEntry("Content-Type", "application/json;charset=utf-8")
                .doesNotContainKey("X-Hop");
    }

    @Test
    void theInterfaceOfRealmObjectServerReachesCoreServicesAsItIs() throws IOException {
        get("/auth/users/jwt/local%2Fann");
        assertThat(get("/auth/users/local%2F..%2Fann").status()).isEqualTo(400);
        get("/realms/files/%2Fann%2Fnotes");
        assertThat(around.core.forwarded)
                .extracting(FakeCore.Forwarded::uri)
                .containsExactly("/auth/users/jwt/local%2Fann", "/realms/files/%2Fann%2Fnotes");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "baas_request=e30=&baas_at=t",
        "filter=text%20==%20%22a%2Bb%22&limit=1",
        "a=b=c?d/e:@!$'()*+,;~",
        "empty=&&=&flag",
        ""
    })
    void aQueryReachesCoreServicesAsItIs(String query) throws IOException {
        get("/api/client/v2.0/app/app1/functions/call?" + query);
        assertThat(around.core.forwarded)
                .extracting(FakeCore.Forwarded::uri)
                .containsExactly("/api/client/v2.0/app/app1/functions/call?" + query);
    }

    @Test
    void pagesOfMailsReachCoreServices() throws IOException {
        get("/confirm-email?token=a&tokenId=b");
        get("/reset-password?token=a&tokenId=b");
        assertThat(around.core.forwarded)
                .extracting(FakeCore.Forwarded::uri)
                .containsExactly("/confirm-email?token=a&tokenId=b", "/reset-password?token=a&tokenId=b");
    }

    @Test
    void coreServicesLearnTheAddressThatTheClientUsed() throws IOException {
        get("/api/client/v2.0/app/app1/location");
        assertThat(around.core.forwarded.getFirst().headers())
                .containsEntry("X-Forwarded-Host", "sync.example:1234")
                .containsEntry("X-Forwarded-Proto", "http")
                .containsEntry("X-Forwarded-Port", "1234")
                .containsEntry("X-Forwarded-For", "127.0.0.1")
                .doesNotContainKey("Forwarded");
    }

    @Test
    void aProxyOnTheSameMachineIsBelieved() throws IOException {
        try (Surroundings behind = Surroundings.start(Map.of())) {
            ask(behind, "GET /api/client/v2.0/app/app1/location HTTP/1.1\r\nHost: node7\r\n"
                    + "X-Forwarded-Host: sync.example\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443\r\n\r\n");
            assertThat(behind.core.forwarded.getFirst().headers())
                    .containsEntry("X-Forwarded-Host", "sync.example")
                    .containsEntry("X-Forwarded-Proto", "https")
                    .containsEntry("X-Forwarded-Port", "443");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/",
        "/internal/v1/connections/authorize",
        "/internal/v1/transactions",
        "/actuator",
        "/actuator/metrics",
        "/actuator/gateway/routes",
        "/.well-known/jwks.json",
        "/api/client/../../internal/v1/transactions",
        "/api/client/%2e%2e/%2e%2e/internal/v1/transactions",
        "/api/client/..%2f..%2finternal/v1/transactions",
        "/api/client/..;/..;/internal/v1/transactions",
        "/api/client/%252e%252e/%252e%252e/internal/v1/transactions",
        "/api/client/..%5c..%5cinternal/v1/transactions",
        "/api/client/%00/internal",
        "/api/client/%0d%0aX-Injected:1",
        "/realms/files/%252Fhome",
        "//internal/v1/transactions",
        "/realm-sync",
        "/api/admin"
    })
    void nothingElseIsReachable(String path) throws IOException {
        RawClient.Response response = get(path);
        assertThat(response.status()).isIn(400, 404);
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.body()).startsWith("{\"error\":");
        assertThat(around.core.forwarded).isEmpty();
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws IOException {
        RawClient.Response stated = ask(around, "POST /api/client/v2.0/auth/session HTTP/1.1\r\nHost: x\r\n"
                + "Content-Length: 2000\r\n\r\n");
        assertThat(stated.status()).isEqualTo(413);
        assertThat(stated.header("Content-Type")).isEqualTo("application/json");
        RawClient.Response chunked = ask(around, "POST /api/client/v2.0/auth/session HTTP/1.1\r\nHost: x\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + "x".repeat(2000) + "\r\n0\r\n\r\n");
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(around.core.forwarded).isEmpty();
    }

    @Test
    void unreachableCoreServicesAre503ForHttpAndUpgrades() throws IOException {
        try (Surroundings alone = Surroundings.start(Map.of("ros.core-services.urls", unusedAddress()))) {
            RawClient.Response response = ask(alone, "GET /api/client/v2.0/app/a/location HTTP/1.1\r\nHost: x\r\n\r\n");
            assertMaintenance(response);
            try (RawClient client = new RawClient(alone.port())) {
                String uri = "/api/client/v2.0/app/a/realm-sync?baas_at=t";
                assertThat(client.upgrade(uri, RawClient.ALL_VERSIONS, "").status()).isEqualTo(503);
            }
            assertThat(ask(alone, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(200);
            assertThat(ask(alone, "GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").status()).isEqualTo(503);
        }
    }

    @Test
    void coreServicesThatDoNotAnswerAre503() throws IOException {
        assertMaintenance(get("/api/client/v2.0/never"));
    }

    private static void assertMaintenance(RawClient.Response response) {
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
        assertThat(response.header("Content-Type")).isEqualTo("application/json");
        assertThat(response.header("Retry-After")).isEqualTo("2");
        assertThat(response.body()).contains("\"error_code\":\"MaintenanceInProgress\"");
    }

    @Test
    void anInstanceThatRefusesConnectionsIsSkipped() throws IOException {
        try (FakeCore second = new FakeCore();
                Surroundings two = Surroundings.start(
                        Map.of("ros.core-services.urls", unusedAddress() + "," + second.url()))) {
            for (int i = 0; i < 4; i++) {
                String post = "POST /api/client/v2.0/auth/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
                assertThat(ask(two, post).status()).isEqualTo(201);
                RawClient.connected(two.port()).close();
            }
            assertThat(second.forwarded).hasSize(4).allMatch(each -> each.body().equals("{}"));
        }
    }

    private static URI unusedAddress() throws IOException {
        try (ServerSocket unused = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + unused.getLocalPort());
        }
    }

    @Test
    void readinessReportsTheWhole() throws IOException {
        assertThat(get("/readyz").body()).isEqualTo("{\"status\":\"up\",\"reason\":\"\"}");
        around.core.ready = false;
        assertThat(get("/readyz").body()).contains("\"down\"").contains("core services are not ready");
        around.core.ready = true;
        around.loseMaster();
        RawClient.Response response = get("/readyz");
        around.regainMaster();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).contains("\"down\"").contains("group default has no master");
        assertThat(get("/livez").status()).isEqualTo(200);
    }
}
