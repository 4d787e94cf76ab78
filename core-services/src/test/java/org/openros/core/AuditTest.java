// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class AuditTest {
    private static final String APP = "test-app";
    private static final String PASSWORD = "a very secret password";
    private static final JsonMapper JSON = new JsonMapper();

    private static Path file;
    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        file = folder.resolve("audit.jsonl");
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.audit.file=" + file,
                "--ros.auth.limits.address-burst=1",
                "--ros.auth.limits.address-per-minute=1");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
    }

    /** The lines about an event of which one value is known. */
    private static List<JsonNode> lines(String event, String name, String value) throws IOException {
        return Files.readAllLines(file).stream()
                .map(JSON::readTree)
                .filter(line -> line.path("event").asString("").equals(event))
                .filter(line -> line.path(name).asString("").equals(value))
                .toList();
    }

    @Test
    void logInsAreToldWithTheirOutcomeAndNoSecret() throws Exception {
        api.register(APP, "Told@example.com", PASSWORD);
        Reply login = api.logIn(APP, "told@example.com", PASSWORD);
        api.logIn(APP, "told@example.com", "another secret password");
        List<JsonNode> done = lines("log_in", "user", login.text("user_id"));
        assertThat(done).hasSize(1);
        assertThat(done.getFirst().path("outcome").asString()).isEqualTo("done");
        assertThat(done.getFirst().path("app").asString()).isEqualTo(APP);
        assertThat(done.getFirst().path("provider").asString()).isEqualTo("local-userpass");
        assertThat(done.getFirst().path("address").asString()).isEqualTo("127.0.0.1");
        String account = done.getFirst().path("account").asString();
        assertThat(lines("register", "account", account)).hasSize(1);
        assertThat(lines("log_in", "account", account))
                .extracting(line -> line.path("outcome").asString("") + " " + line.path("reason").asString(""))
                .containsExactly("done ", "refused wrong_password");
        assertThat(Files.readString(file))
                .doesNotContain("secret password", "told@example.com", "Told@example.com")
                .doesNotContain(login.text("access_token"), login.text("refresh_token"));
    }

    @Test
    void lifeOfAUserIsTold() throws Exception {
        Reply login = api.anonymous(APP);
        String user = login.text("user_id");
        String service = new ServiceTokens(CoreServicesRunner.SECRET, Clock.systemUTC()).issue("admin");
        Reply key = api.post(API + "/auth/api_keys", login.text("refresh_token"), "{\"name\":\"a\"}");
        api.send("PUT", API + "/auth/api_keys/" + key.text("_id") + "/disable", login.text("refresh_token"), null);
        api.delete(API + "/auth/api_keys/" + key.text("_id"), login.text("refresh_token"));
        api.post(API + "/auth/session", login.text("refresh_token"), "");
        api.send("PATCH", "/internal/v1/users/" + user, service, "{\"status\":\"suspended\"}");
        api.post(API + "/auth/session", login.text("refresh_token"), "");
        api.send("PATCH", "/internal/v1/users/" + user, service, "{\"status\":\"active\"}");
        api.post("/internal/v1/users/" + user + "/revoke", service, "");
        api.delete(API + "/auth/session", login.text("refresh_token"));
        for (String event : List.of(
                "log_in", "create_api_key", "switch_api_key", "delete_api_key", "revoke", "log_out")) {
            assertThat(lines(event, "user", user)).as(event).hasSize(1);
        }
        assertThat(lines("set_status", "user", user)).hasSize(2);
        assertThat(lines("refresh", "user", user))
                .as("only refusals")
                .extracting(line -> line.path("reason").asString(""))
                .containsExactly("user_disabled");
        assertThat(Files.readString(file)).doesNotContain(key.text("key"));
    }

    @Test
    void linesCannotBeForged() throws Exception {
        api.post(ApiClient.providers(APP) + "local-userpass/login", null,
                "{\"username\":\"x\\n{\\\"event\\\":\\\"forged\\\"}\",\"password\":\"x\"}");
        assertThat(lines("forged", "event", "forged")).isEmpty();
    }

    @Test
    void addressBeyondItsLimitIsToldOnce() throws Exception {
        for (int i = 0; i < 5; i++) {
            api.send("POST", ApiClient.providers(APP) + "anon-user/login", null, "{}", "X-Forwarded-For", "192.0.2.77");
        }
        assertThat(lines("limit", "address", "192.0.2.77")).hasSize(1);
        assertThat(lines("log_in", "address", "192.0.2.77")).hasSize(1);
    }
}
