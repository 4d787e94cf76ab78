// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.token.ServiceTokens;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Core services list the open sessions of a gateway, and end one. */
class SessionRoutesTest {
    private static final String SESSIONS = "/internal/v1/sessions";
    private static final String SECRET = "a secret of the test that is long enough";

    private static Surroundings around;
    private static HttpClient http;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(Map.of("ros.internal.secret", SECRET));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        around.close();
    }

    @BeforeEach
    void reset() {
        around.reset();
        around.core.realms = SessionRoutesTest::open;
    }

    /** The user is the one whose name the partition begins with. */
    private static Mono<FakeCore.Answer> open(JsonNode question) {
        String partition = FakeCore.partition(question);
        return Mono.just(FakeCore.openedTo(partition.substring(0, partition.indexOf('-')), partition, 0));
    }

    private static HttpResponse<String> call(String method, String path, @Nullable String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + around.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String token() {
        return new ServiceTokens(SECRET, Clock.systemUTC()).issue("core-services");
    }

    private static List<JsonNode> list(String query) throws Exception {
        HttpResponse<String> response = call("GET", SESSIONS + query, token());
        assertThat(response.statusCode()).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body()).path("sessions").valueStream().toList();
    }

    private static List<String> paths(String query) throws Exception {
        return list(query).stream().map(session -> session.path("path").asString()).toList();
    }

    @Test
    void openSessionsAreListedInPartsAndFoundByRealmAndUser() throws Exception {
        try (RawClient client = RawClient.connected(around.port())) {
            client.send("bind 1 7 0 1 0\n\"ann-1\"");
            around.worker.stream(1);
            client.send("bind 2 7 0 1 0\n\"ann-2\"");
            around.worker.stream(2);
            client.send("bind 3 7 0 1 0\n\"bob-1\"");
            around.worker.stream(3);

            assertThat(paths("")).containsExactly("/a/ann-1", "/a/ann-2", "/a/bob-1");
            assertThat(paths("?user=ann")).containsExactly("/a/ann-1", "/a/ann-2");
            assertThat(paths("?path=/a/bob-1")).containsExactly("/a/bob-1");
            JsonNode first = list("?limit=1").getFirst();
            assertThat(first.path("since").asLong())
                    .isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
            assertThat(paths("?limit=1&after=" + first.path("number").asLong())).containsExactly("/a/ann-2");
        }
        await().untilAsserted(() -> assertThat(list("")).isEmpty());
    }

    @Test
    void aSessionThatIsEndedIsToldToTryAgainAndOthersGoOn() throws Exception {
        try (RawClient client = RawClient.connected(around.port())) {
            client.send("bind 1 7 0 1 0\n\"ann-1\"");
            around.worker.stream(1);
            client.send("bind 2 7 0 1 0\n\"bob-1\"");
            FakeWorker.Stream other = around.worker.stream(2);
            long number = list("?user=ann").getFirst().path("number").asLong();

            assertThat(call("DELETE", SESSIONS + "/" + number, token()).statusCode()).isEqualTo(204);

            assertThat(client.message()).startsWith("json_error 200 ").contains("\"tryAgain\":true");
            other.send("ident 2 2 77\n");
            assertThat(client.message()).isEqualTo("ident 2 2 77\n");
            await().untilAsserted(() ->
                    assertThat(call("DELETE", SESSIONS + "/" + number, token()).statusCode()).isEqualTo(404));
        }
    }

    @Test
    void withoutAServiceTokenThereAreNoSuchRoutes() throws Exception {
        String foreign = new ServiceTokens("another secret, which is long enough too", Clock.systemUTC()).issue("x");
        for (String token : new String[] {null, "x", foreign}) {
            assertThat(call("GET", SESSIONS, token).statusCode()).isEqualTo(404);
            assertThat(call("DELETE", SESSIONS + "/1", token).statusCode()).isEqualTo(404);
        }
        assertThat(call("GET", "/internal/v1/other", token()).statusCode()).isEqualTo(404);
    }
}
