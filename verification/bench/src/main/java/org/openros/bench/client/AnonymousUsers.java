// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs anonymous users in, as an SDK does before it opens the first realm. Thread-safe. */
public final class AnonymousUsers implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String BODY =
            """
            {"provider":"anon-user","options":{"device":{"platform":"Linux","sdk":"openros-bench"}}}""";

    private final ServerAddress server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

    /** Prepares; nothing is sent yet. */
    public AnonymousUsers(ServerAddress server) {
        this.server = server;
    }

    /**
     * Logs a new user in.
     *
     * @return the access token
     * @throws IOException if the server cannot be reached or refuses
     */
    public String logIn() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        server.http("/app/" + server.app() + "/auth/providers/anon-user/login"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json;charset=utf-8")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("log-in was answered with status " + response.statusCode());
        }
        JsonNode token = JsonMapper.shared().readTree(response.body()).path("access_token");
        return token.asString();
    }

    @Override
    public void close() {
        http.close();
    }
}
