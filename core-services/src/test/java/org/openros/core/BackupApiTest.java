// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.backup.BackupFolder;
import org.openros.core.backup.BackupSamples;
import org.openros.core.backup.Manifest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of backups and restores (admin API, section 15.10), and who may call them. */
class BackupApiTest {
    private static final String NONE = "6b046b7aeb379c8e5193eba1";

    @TempDir
    private static Path folder;

    private static HttpClient http;
    private static CoreServicesRunner core;
    private static String admin = "";

    @BeforeAll
    static void start() throws IOException {
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.apps=shop",
                "--ros.backup.folder=" + folder.resolve("backups"),
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
    }

    @AfterAll
    static void stop() {
        core.close();
        http.close();
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        return call(core, token, method, path, body);
    }

    private static HttpResponse<String> call(
            CoreServicesRunner server, String token, String method, String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/admin/v1" + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private int status(String token, String method, String path, String body) throws Exception {
        return call(token, method, path, body).statusCode();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private String issue(String role) throws Exception {
        String body = "{\"name\":\"of a test\",\"role\":\"" + role + "\"}";
        return json(call(admin, "POST", "/service-tokens", body)).path("token").asString();
    }

    private String complete() throws Exception {
        return BackupSamples.complete(core.bean(BackupFolder.class)).value();
    }

    private static String restore(String backup, String more) {
        return "{\"backupId\":\"" + backup + "\"," + more + "}";
    }

    @Test
    void completeBackupsAreListedPageByPageAndRemoved() throws Exception {
        for (Manifest other : core.bean(BackupFolder.class).list()) {
            core.bean(BackupFolder.class).delete(other.id());
        }
        String[] made = {complete(), complete()};
        Arrays.sort(made);
        String one = made[0];
        String two = made[1];
        JsonNode first = json(call(admin, "GET", "/backups?limit=1", ""));
        assertThat(first.path("items").path(0).path("id").asString()).isEqualTo(one);
        assertThat(first.path("items").path(0).path("mode").asString()).isEqualTo("full");
        JsonNode second = json(call(
                admin, "GET", "/backups?limit=1&cursor=" + first.path("nextCursor").asString(), ""));
        assertThat(second.path("items").path(0).path("id").asString()).isEqualTo(two);
        assertThat(second.path("nextCursor").isNull()).isTrue();
        assertThat(json(call(admin, "GET", "/backups/" + one, "")).path("realms").asLong()).isEqualTo(1);

        assertThat(status(admin, "DELETE", "/backups/" + one, "")).isEqualTo(204);

        assertThat(status(admin, "GET", "/backups/" + one, "")).isEqualTo(404);
        assertThat(status(admin, "DELETE", "/backups/" + one, "")).isEqualTo(404);
    }

    @Test
    void operatorsMakeBackupsAndOnlyAdministratorsRestoreThem() throws Exception {
        String operator = issue("operator");
        String auditor = issue("auditor");
        String id = complete();
        String restore = restore(id, "\"mode\":\"replace\",\"paths\":[\"news\"]");
        assertThat(status(auditor, "GET", "/backups", "")).isEqualTo(200);
        assertThat(status(auditor, "POST", "/backups", "{}")).isEqualTo(403);
        assertThat(status(auditor, "POST", "/restores", restore)).isEqualTo(403);
        assertThat(status(auditor, "DELETE", "/backups/" + id, "")).isEqualTo(403);
        assertThat(status(operator, "POST", "/backups", "{}")).isEqualTo(202);
        assertThat(status(operator, "POST", "/backups/" + id + "/verify", "")).isEqualTo(202);
        assertThat(status(operator, "POST", "/restores", restore)).isEqualTo(403);
        assertThat(status(admin, "POST", "/restores", restore)).isEqualTo(202);
        assertThat(status(operator, "DELETE", "/backups/" + id, "")).isEqualTo(204);
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        String id = complete();
        assertThat(status(admin, "POST", "/backups", "{\"mode\":\"incremental\"}")).isEqualTo(400);
        assertThat(status(admin, "POST", "/backups", "{\"scope\":{\"labels\":[\"nowhere\"]}}")).isEqualTo(400);
        assertThat(status(admin, "POST", "/backups", "{\"scope\":{\"paths\":[\"\"]}}")).isEqualTo(400);
        for (String bad : new String[] {
            "\"mode\":\"merge\",\"paths\":[\"news\"]",
            "\"mode\":\"replace\"",
            "\"mode\":\"replace\",\"paths\":[]",
            "\"mode\":\"full\",\"paths\":[\"news\"]",
            "\"mode\":\"replace\",\"paths\":[\"news\"],\"suffix\":\"-a\"",
            "\"mode\":\"asNew\",\"paths\":[\"news\"],\"suffix\":\"/../a b\"",
            "\"mode\":\"asNew\",\"paths\":[\"" + "n".repeat(400) + "\""
            + (",\"" + "n".repeat(400) + "\"").repeat(12) + "]",
            "\"paths\":[\"news\"]"
        }) {
            assertThat(status(admin, "POST", "/restores", restore(id, bad))).as(bad).isEqualTo(400);
        }
        assertThat(status(admin, "POST", "/restores", restore(NONE, "\"mode\":\"full\""))).isEqualTo(404);
        assertThat(status(admin, "POST", "/restores", restore("../" + id, "\"mode\":\"full\""))).isEqualTo(404);
    }

    @Test
    void wholeServerIsRestoredOnAnEmptyOneOnly() throws Exception {
        String full = restore(complete(), "\"mode\":\"full\"");
        assertThat(status(admin, "PUT", "/realms/news", "{}")).isEqualTo(201);
        HttpResponse<String> refused = call(admin, "POST", "/restores", full);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("empty server");
        assertThat(status(admin, "DELETE", "/realms/news", "")).isEqualTo(204);
        assertThat(status(admin, "POST", "/restores", full)).isEqualTo(202);
    }

    @Test
    void damagedBackupIsNotListedAndRefusedAndCanBeRemoved() throws Exception {
        String id = complete();
        assertThat(call(admin, "GET", "/backups", "").body()).contains(id);
        Files.writeString(folder.resolve("backups").resolve(id).resolve("manifest.json"), "{}");
        assertThat(call(admin, "GET", "/backups", "").body()).doesNotContain(id);
        HttpResponse<String> refused = call(admin, "GET", "/backups/" + id, "");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("damaged");
        assertThat(status(admin, "POST", "/restores", restore(id, "\"mode\":\"full\""))).isEqualTo(409);
        assertThat(status(admin, "DELETE", "/backups/" + id, "")).isEqualTo(204);
    }

    @Test
    void withoutAFolderThereAreNoBackups() throws Exception {
        Path token = folder.resolve("admin-without.json");
        try (CoreServicesRunner without = CoreServicesRunner.start(
                folder.resolve("keys.json"), "--ros.apps=shop", "--ros.auth.admin-token-file=" + token)) {
            for (String[] route : new String[][] {
                {"GET", "/backups"}, {"POST", "/backups"}, {"DELETE", "/backups/" + NONE},
                {"POST", "/backups/" + NONE + "/verify"}
            }) {
                HttpResponse<String> refused =
                        call(without, CoreServicesRunner.adminToken(token), route[0], route[1], "{}");
                assertThat(refused.statusCode()).as(route[1]).isEqualTo(501);
                assertThat(refused.body()).contains("ros.backup.folder");
            }
            String full = restore(NONE, "\"mode\":\"full\"");
            assertThat(call(without, CoreServicesRunner.adminToken(token), "POST", "/restores", full).statusCode())
                    .isEqualTo(501);
        }
    }
}
