// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.domain.token.ServiceTokens;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openros.core.ApiClient.API;

/** Two processes over one store: one has the service {@code auth}, the other all the rest. */
class SeparateServicesTest {
    private static final String APP = "shop";

    @TempDir
    static Path folder;

    private static CoreServicesRunner auth;
    private static CoreServicesRunner rest;
    private static ApiClient atAuth;
    private static ApiClient atRest;
    private static String admin;

    @BeforeAll
    static void start() throws IOException {
        InMemoryMetadataStore store = new InMemoryMetadataStore();
        int authPort = freePort();
        int restPort = freePort();
        auth = CoreServicesRunner.start(
                store,
                folder.resolve("keys.json"),
                "--server.port=" + authPort,
                "--ros.services=auth",
                "--ros.services-at.directory=" + url(restPort),
                "--ros.services-at.permissions=" + url(freePort()) + "," + url(restPort),
                "--ros.services-at.admin=" + url(restPort));
        rest = CoreServicesRunner.start(
                store,
                folder.resolve("keys.json"),
                "--server.port=" + restPort,
                "--ros.services=directory,permissions,admin",
                "--ros.services-at.auth=" + url(authPort),
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        atAuth = new ApiClient(auth.url());
        atRest = new ApiClient(rest.url());
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    @AfterAll
    static void stop() {
        atAuth.close();
        atRest.close();
        rest.close();
        auth.close();
    }

    private static Set<String> routes(CoreServicesRunner process) {
        Set<String> routes = new TreeSet<>();
        process.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class).getHandlerMethods().keySet()
                .forEach(mapping -> mapping.getPatternsCondition().getPatterns()
                        .forEach(pattern -> routes.add(pattern.getPatternString())));
        return routes;
    }

    @Test
    void routesOfAServiceThatWasNotChosenAreAbsent() {
        assertThat(routes(auth))
                .anyMatch(route -> route.startsWith(API))
                .anyMatch(route -> route.startsWith("/auth"))
                .anyMatch(route -> route.equals("/livez"))
                .noneMatch(route -> route.startsWith("/realms"))
                .noneMatch(route -> route.startsWith("/permissions"))
                .noneMatch(route -> route.startsWith("/admin"))
                .noneMatch(route -> route.startsWith("/internal/v1/realms"));
        assertThat(routes(rest))
                .anyMatch(route -> route.startsWith("/realms"))
                .anyMatch(route -> route.startsWith("/permissions"))
                .anyMatch(route -> route.startsWith("/admin"))
                .noneMatch(route -> route.startsWith(API))
                .noneMatch(route -> route.startsWith("/auth"));
    }

    @Test
    void eachProcessAnswersEverything() {
        for (ApiClient client : new ApiClient[] {atAuth, atRest}) {
            Reply login = client.anonymous(APP);
            assertThat(login.status()).isEqualTo(200);
            String user = login.text("user_id");
            assertThat(client.get(API + "/auth/profile", login.text("access_token")).text("user_id")).isEqualTo(user);
            String body = "{\"condition\":{\"userId\":\"" + user
                    + "\"},\"realmPath\":\"news\",\"accessLevel\":\"read\"}";
            assertThat(client.post("/permissions/apply?appId=" + APP, admin, body).body())
                    .isEqualTo("{\"affectedUsers\":1}");
            assertThat(client.get("/permissions", login.text("access_token")).body()).contains("news");
            assertThat(client.get("/realms/files/%2Fteam%2Flist?appId=" + APP, admin).body())
                    .contains("\"path\":\"/team/list\"", "\"exists\":true");
            assertThat(client.get("/admin/v1/users/" + user + "?app=" + APP, admin).status()).isEqualTo(200);
            assertThat(client.get("/internal/v1/access/changes", service()).json().path("last").asLong()).isPositive();
            assertThat(authorize(client, login, service()).text("userId")).isEqualTo(user);
        }
    }

    private static String service() {
        return new ServiceTokens(CoreServicesRunner.SECRET, Clock.systemUTC()).issue("gateway");
    }

    private static Reply authorize(ApiClient client, Reply login, String token) {
        return client.post(
                "/internal/v1/realms/authorize",
                token,
                "{\"appId\":\"" + APP + "\",\"accessToken\":\"" + login.text("access_token")
                        + "\",\"partition\":\"\\\"news\\\"\"}");
    }

    @Test
    void guardsStandBeforeTheWayToOthersToo() {
        assertThat(atAuth.get("/admin/v1/users", null).status()).isEqualTo(401);
        assertThat(atAuth.get("/internal/v1/access/changes", null).status()).isEqualTo(401);
        assertThat(atAuth.get("/realms", "nonsense").status()).isEqualTo(401);
        assertThat(atAuth.get("/nonsense", null).status()).isEqualTo(404);
    }

    @Test
    void theServersNameIsTheOneThatTheClientUsed() {
        Reply location = atRest.raw(
                "GET", API + "/app/" + APP + "/location", "", "X-Forwarded-Host", "sync.example.com:443",
                "X-Forwarded-Proto", "https");
        assertThat(location.text("hostname")).isEqualTo("https://sync.example.com:443");
        assertThat(atRest.get(API + "/app/" + APP + "/location", null).text("hostname"))
                .isEqualTo(rest.url().toString());
    }

    @Test
    void whatWasForwardedOnceIsNotForwardedAgain() {
        Reply reply = atAuth.send("GET", "/realms", admin, null, "X-Service-Forwarded", "1");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("code").asInt()).isEqualTo(802);
    }

    @Test
    void whileNoInstanceOfAServiceCanBeReachedTheAnswerIsToTryAgain(@TempDir Path other) {
        try (CoreServicesRunner lonely = CoreServicesRunner.start(
                        other.resolve("keys.json"),
                        "--ros.services=permissions",
                        "--ros.services-at.auth=" + url(freePort()),
                        "--ros.services-at.directory=" + url(freePort()),
                        "--ros.services-at.admin=" + url(freePort()));
                ApiClient client = new ApiClient(lonely.url())) {
            Reply realms = client.get("/realms", null);
            assertThat(realms.status()).isEqualTo(503);
            assertThat(realms.json().path("code").asInt()).isEqualTo(802);
            assertThat(realms.retryAfter()).isNotEmpty();
            assertThat(client.anonymous(APP).error()).isEqualTo("503 MaintenanceInProgress");
            assertThat(client.get("/livez", null).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "--ros.services=auth,realms; ros.services: there is no service 'realms'",
        "--ros.services=; ros.services must name one service or more",
        "--ros.services=auth; ros.services-at.",
        "--ros.services-at.metrics=http://127.0.0.1:1; ros.services-at: there is no service 'metrics'",
        "--ros.services-at.auth=nowhere; ros.services-at.auth: 'nowhere' is not the address of an instance",
    })
    void settingsThatMakeNoSenseAreRefusedAtStart(String setting, String message, @TempDir Path other) {
        assertThatThrownBy(() -> CoreServicesRunner.start(other.resolve("keys.json"), setting).close())
                .hasStackTraceContaining(message);
    }
}
