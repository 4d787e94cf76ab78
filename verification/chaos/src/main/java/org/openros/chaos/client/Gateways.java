// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gateways as a load balancer makes them look: who cannot connect to one is led to the next. Thread-safe.
 *
 * @param urls base URLs
 * @param http for log-ins and WebSockets
 */
record Gateways(List<String> urls, HttpClient http) {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final String APP = "chaos-app";
    private static final String BODY =
            """
            {"provider":"anon-user","options":{"device":{"platform":"Linux","sdk":"openros-chaos"}}}""";

    /**
     * Logs a new user in.
     *
     * @return the access token
     * @throws IOException if the gateway cannot be reached or refuses
     */
    String logIn(int gateway) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url(gateway) + "/api/client/v2.0/app/" + APP + "/auth/providers/anon-user/login"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json;charset=utf-8")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("log-in was answered with status " + response.statusCode());
        }
        return JsonMapper.shared().readTree(response.body()).path("access_token").asString();
    }

    /** Where a WebSocket is opened. */
    URI webSocket(int gateway, String token) {
        return URI.create(url(gateway).replaceFirst("^http", "ws") + "/api/client/v2.0/app/" + APP
                + "/realm-sync?baas_at=" + token);
    }

    private String url(int gateway) {
        return urls.get(Math.floorMod(gateway, urls.size()));
    }
}
