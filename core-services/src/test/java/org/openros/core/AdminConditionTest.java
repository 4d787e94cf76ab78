// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code If-Match} when several administrators change one thing in the same moment, at two instances of core services.
 */
class AdminConditionTest {
    private static final int ADMINISTRATORS = 6;
    private static final int ROUNDS = 8;
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    private static CoreServicesRunner one;
    private static CoreServicesRunner other;
    private static HttpClient http;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        String[] settings = {"--ros.apps=shop", "--ros.auth.admin-token-file=" + folder.resolve("admin.json")};
        one = CoreServicesRunner.start(folder.resolve("keys.json"), settings);
        other = CoreServicesRunner.startBeside(one, folder.resolve("keys.json"), settings);
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        threads = Executors.newFixedThreadPool(ADMINISTRATORS);
    }

    @AfterAll
    static void stop() {
        threads.close();
        http.close();
        other.close();
        one.close();
    }

    private static HttpResponse<String> call(
            CoreServicesRunner core, String method, String path, @Nullable String body, @Nullable String tag)
            throws Exception {
        String token = JSON.readTree(Files.readString(folder.resolve("admin.json"))).path("ADMIN_TOKEN").asString();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(core.url() + "/admin/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (tag != null) {
            request.header("If-Match", tag);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> done(String method, String path, @Nullable String body) throws Exception {
        HttpResponse<String> answer = call(one, method, path, body, null);
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return answer;
    }

    private static String tag(String path) throws Exception {
        return done("GET", path, null).headers().firstValue("ETag").orElseThrow();
    }

    /** What became of one change each of all administrators, made in the same moment on what all of them have read. */
    private static List<Integer> race(String method, String path, IntFunction<@Nullable String> body) throws Exception {
        String tag = tag(path);
        CyclicBarrier together = new CyclicBarrier(ADMINISTRATORS);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < ADMINISTRATORS; i++) {
            CoreServicesRunner core = i % 2 == 0 ? one : other;
            String content = body.apply(i);
            answers.add(threads.submit(() -> {
                together.await();
                return call(core, method, path, content, tag).statusCode();
            }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        return statuses;
    }

    private static void assertOneWins(List<Integer> statuses) {
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
    }

    private static String newUser(String name) throws Exception {
        String body = "{\"providerId\":\"" + name + "\",\"password\":\"a password\"}";
        return JSON.readTree(done("POST", "/users", body).body()).path("id").asString();
    }

    @Test
    void ofChangesOfOneUserOneIsMade() throws Exception {
        String path = "/users/" + newUser("ann@example.com");
        for (int round = 0; round < ROUNDS; round++) {
            int count = round;
            assertOneWins(race("PATCH", path, i -> "{\"customData\":{\"by\":\"" + count + "-" + i + "\"}}"));
        }
    }

    @Test
    void aChangeThatOthersMakeTooIsMadeByOne() throws Exception {
        String path = "/users/" + newUser("bob@example.com");
        for (int round = 0; round < ROUNDS; round++) {
            String status = round % 2 == 0 ? "suspended" : "active";
            assertOneWins(race("PATCH", path, i -> "{\"status\":\"" + status + "\"}"));
        }
    }

    @Test
    void statusAndDataOfAUserChangeTogether() throws Exception {
        String path = "/users/" + newUser("eve@example.com");
        race("PATCH", path,
                i -> "{\"status\":\"" + (i == 0 ? "suspended" : "active") + "\",\"customData\":{\"by\":" + i + "}}");
        String user = done("GET", path, null).body();
        assertThat(user.contains("\"status\":\"suspended\"")).as(user).isEqualTo(user.contains("\"by\":0"));
    }

    @Test
    void ofChangesOfOnePermissionOneIsMade() throws Exception {
        String path = "/realms/club/permissions/*";
        done("PUT", path, "{\"accessLevel\":\"admin\"}");
        for (int round = 0; round < ROUNDS; round++) {
            String level = round % 2 == 0 ? "read" : "write";
            assertOneWins(race("PUT", path, i -> "{\"accessLevel\":\"" + level + "\"}"));
        }
    }

    @Test
    void ofChangesOfOneRealmOneIsMade() throws Exception {
        String path = "/realms/plan";
        done("PUT", path, "{}");
        for (int round = 0; round < ROUNDS; round++) {
            String type = round % 2 == 0 ? "reference" : "full";
            assertOneWins(race("PUT", path, i -> "{\"realmType\":\"" + type + "\"}"));
        }
    }

    @Test
    void oneOfSeveralDeletionsFindsWhatItDeletes() throws Exception {
        String realm = "/realms/gone";
        done("PUT", realm, "{}");
        assertThat(race("DELETE", realm, i -> null)).containsOnlyOnce(204).isSubsetOf(204, 404, 412);
        String user = "/users/" + newUser("gone@example.com");
        assertThat(race("DELETE", user, i -> null)).containsOnlyOnce(204).isSubsetOf(204, 404, 412);
    }
}
