// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** One name for each request in all processes, and a line for it in the access log. */
class AccessLogTest {
    private static final String SYNC = "/api/client/v2.0/app/app1/realm-sync?baas_at=secret-token";

    @TempDir
    Path folder;

    private Surroundings logging() throws IOException {
        return Surroundings.start(Map.of("ros.gateway.access-log.file", folder.resolve("access.log")));
    }

    private List<JsonNode> lines(int count) throws IOException {
        Path file = folder.resolve("access.log");
        await().untilAsserted(() -> assertThat(Files.readAllLines(file)).hasSize(count));
        return Files.readAllLines(file).stream().map(JsonMapper.shared()::readTree).toList();
    }

    @Test
    void aCallIsLoggedWithoutSecretsUnderTheNameThatAllHear() throws IOException {
        try (Surroundings around = logging(); RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.request("POST /api/client/v2.0/auth/session?token=secret HTTP/1.1\r\n"
                    + "Host: x\r\nAuthorization: Bearer secret\r\nX-Request-Id: my-call_7\r\nX-Forwarded-For: 192.0.2.7\r\n"
                    + "Content-Length: 0\r\n\r\n");
            assertThat(response.header("X-Request-Id")).isEqualTo("my-call_7");
            assertThat(around.core.forwarded.getFirst().headers()).containsEntry("X-Request-Id", "my-call_7");
            JsonNode line = lines(1).getFirst();
            assertThat(line.path("id").stringValue()).isEqualTo("my-call_7");
            assertThat(line.path("kind").stringValue()).isEqualTo("http");
            assertThat(line.path("client").stringValue()).isEqualTo("192.0.2.7");
            assertThat(line.path("method").stringValue()).isEqualTo("POST");
            assertThat(line.path("path").stringValue()).isEqualTo("/api/client/v2.0/auth/session");
            assertThat(line.path("status").intValue()).isEqualTo(201);
            assertThat(line.path("millis").isIntegralNumber()).isTrue();
            assertThat(line.toString()).doesNotContain("secret");
        }
    }

    @Test
    void secretsAndNamesThatArePartsOfAPathAreLeftOut() throws IOException {
        try (Surroundings around = logging(); RawClient client = new RawClient(around.port())) {
            for (String path : List.of("/permissions/offers/s3cret/accept", "/auth/users/password/ann%40example.com",
                    "/auth/users/65f0", "/realms/files/%2Fa%2Fb")) {
                client.request("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
            }
            assertThat(lines(4)).extracting(line -> line.path("path").stringValue()).containsExactly(
                    "/permissions/offers/***/accept", "/auth/users/password/***", "/auth/users/65f0",
                    "/realms/files/%2Fa%2Fb");
        }
    }

    @Test
    void aNameThatIsNotWellFormedIsReplaced() throws IOException {
        try (Surroundings around = logging(); RawClient client = new RawClient(around.port())) {
            RawClient.Response response = client.request("GET /nothing HTTP/1.1\r\nHost: x\r\n"
                    + "X-Request-Id: a\"b, c\r\n\r\n");
            assertThat(response.status()).isEqualTo(404);
            assertThat(response.header("X-Request-Id")).matches("[0-9a-f]{16}");
            JsonNode line = lines(1).getFirst();
            assertThat(line.path("id").stringValue()).isEqualTo(response.header("X-Request-Id"));
            assertThat(line.path("status").intValue()).isEqualTo(404);
        }
    }

    @Test
    void aSyncConnectionHasOneNameForClientWorkerAndCoreServices() throws IOException {
        try (Surroundings around = logging()) {
            String name;
            try (RawClient client = new RawClient(around.port())) {
                RawClient.Response response =
                        client.upgrade(SYNC, RawClient.ALL_VERSIONS, "X-Request-Id: app-start-1\r\n");
                name = String.valueOf(response.header("X-Request-Id"));
                assertThat(name).matches("app-start-1\\.[0-9a-f]{8}");
                assertThat(response.header("X-Appservices-Request-Id")).isEqualTo(name);
                assertThat(client.message()).startsWith("log_message 0 ").contains("\"co_id\":\"" + name + "\"");
                client.send("bind 1 5 0 1 0\n\"foo\"");
                assertThat(around.worker.stream(1).headers.toString()).contains("connection-id=" + name);
                assertThat(around.core.requestIds).containsExactly(name, name);
            }
            List<JsonNode> lines = lines(2);
            assertThat(lines).allMatch(line -> line.path("id").stringValue().equals(name));
            assertThat(lines.getFirst().path("kind").stringValue()).isEqualTo("sync-open");
            assertThat(lines.getFirst().path("user").stringValue()).isEqualTo("u1");
            assertThat(lines.getFirst().path("app").stringValue()).isEqualTo("app1");
            assertThat(lines.getFirst().path("protocol").intValue()).isEqualTo(14);
            assertThat(lines.getLast().path("kind").stringValue()).isEqualTo("sync-close");
            assertThat(lines.toString()).doesNotContain("secret-token");
        }
    }

    @Test
    void aRefusedSyncConnectionIsLoggedWithItsReason() throws IOException {
        try (Surroundings around = logging(); RawClient client = new RawClient(around.port())) {
            around.core.connections = question -> Mono.just(FakeCore.Answer.of(404, "no such app"));
            assertThat(client.upgrade(SYNC, RawClient.ALL_VERSIONS, "").status()).isEqualTo(404);
            JsonNode line = lines(1).getFirst();
            assertThat(line.path("kind").stringValue()).isEqualTo("sync-refused");
            assertThat(line.path("status").intValue()).isEqualTo(404);
            assertThat(line.path("reason").stringValue()).contains("app1");
        }
    }

    @Test
    void fullFilesAreSetAside() throws IOException {
        Map<String, Object> settings = Map.of(
                "ros.gateway.access-log.file", folder.resolve("access.log"),
                "ros.gateway.access-log.max-size", "1KB",
                "ros.gateway.access-log.keep", 2);
        try (Surroundings around = Surroundings.start(settings); RawClient client = new RawClient(around.port())) {
            await().pollInSameThread().until(() -> {
                client.request("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
                return Files.exists(folder.resolve("access.log.2"));
            });
            assertThat(folder.resolve("access.log.3")).doesNotExist();
        }
    }

    @Test
    void aFileThatCannotBeWrittenPreventsTheStart() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> Surroundings.start(Map.of("ros.gateway.access-log.file", file.resolve("access.log"))))
                .rootCause()
                .hasMessageContaining("ros.gateway.access-log.file cannot be written");
    }
}
