// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.springframework.boot.logging.LoggingSystem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.APP;

/** A request is found again in the log of core services under the name that the gateway gave it. */
class RequestNameTest {
    private static final String HEADER = "X-Request-Id";

    @TempDir
    Path folder;

    /** One request with a body, one without, one that is refused, two whose names may not be taken. */
    private List<String> logged(String... settings) throws IOException {
        Path log = folder.resolve("log");
        // What is told to the logging system stands in properties of the JVM, and would be there for other tests too.
        Properties before = (Properties) System.getProperties().clone();
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "--logging.file.name=" + log;
        try (RosServer ros = new RosServer(folder, all)) {
            String logIn = ApiClient.providers(APP) + "anon-user/login";
            Reply user = ros.client.send("POST", logIn, null, "{}", HEADER, "with-body.1a2b");
            String path = "/admin/v1/users/" + user.text("user_id");
            assertThat(ros.client.send("DELETE", path, ros.admin, null, HEADER, "without_body").status())
                    .isEqualTo(204);
            ros.client.send("POST", ApiClient.providers(APP) + "local-userpass/login", null,
                    "{\"username\":\"a@example.com\",\"password\":\"wrong password\"}", HEADER, "refused-1");
            ros.client.send("POST", logIn, null, "{}", HEADER, "x");
            ros.client.send("POST", logIn, null, "{}", HEADER, "] forged \"line");
        } finally {
            LoggingSystem.get(getClass().getClassLoader()).cleanUp();
            System.setProperties(before);
        }
        return Files.readAllLines(log).stream().filter(line -> line.contains("org.openros.audit")).toList();
    }

    @Test
    void linesOfTextHaveTheName() throws IOException {
        assertThat(logged()).satisfiesExactly(
                line -> assertThat(line).contains("[with-body.1a2b]", "log_in", "\"request\":\"with-body.1a2b\""),
                line -> assertThat(line).contains("[without_body]", "delete_user", "\"request\":\"without_body\""),
                line -> assertThat(line).contains("[refused-1]", "log_in", "\"request\":\"refused-1\"", "refused"),
                line -> assertThat(line).contains("log_in").doesNotContain("[]", "\"request\""),
                line -> assertThat(line).contains("log_in").doesNotContain("[]", "\"request\"", "forged"));
    }

    @Test
    void linesOfJsonHaveTheName() throws IOException {
        List<JsonNode> lines = logged("--logging.structured.format.file=logstash").stream()
                .map(JsonMapper.shared()::readTree)
                .toList();
        assertThat(lines).extracting(line -> line.path("request").asString("")).containsExactly(
                "with-body.1a2b", "without_body", "refused-1", "", "");
        assertThat(lines).extracting(line -> JsonMapper.shared().readTree(line.path("message").asString(""))
                        .path("request").asString(""))
                .containsExactly("with-body.1a2b", "without_body", "refused-1", "", "");
    }
}
