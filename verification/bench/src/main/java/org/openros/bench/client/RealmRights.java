// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks core services for the right to realms, as a gateway does. Thread-safe. */
final class RealmRights implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WorkerLink link;
    private final String app;
    private final ServiceTokens tokens;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RealmRights(WorkerLink link, String app) {
        this.link = link;
        this.app = app;
        this.tokens = new ServiceTokens(link.secret(), Clock.systemUTC());
    }

    /** The token that a worker wants to see. */
    CompletableFuture<String> realmToken(String accessToken, String partition) {
        ObjectNode question = JSON.createObjectNode()
                .put("appId", app)
                .put("accessToken", accessToken)
                .put("partition", partition);
        HttpRequest request = HttpRequest.newBuilder(link.core().resolve("/internal/v1/realms/authorize"))
                .header("Authorization", "Bearer " + tokens.issue("gateway"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(RealmRights::token);
    }

    private static String token(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new CompletionException(
                    new IOException("the right to a realm was answered with status " + response.statusCode()));
        }
        return JSON.readTree(response.body()).path("realmToken").asString();
    }

    @Override
    public void close() {
        http.close();
    }
}
