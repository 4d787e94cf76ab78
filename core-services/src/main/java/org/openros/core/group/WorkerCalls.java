// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls the routes that workers have for operators. Thread-safe; blocks. */
final class WorkerCalls {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final ServiceTokens tokens;
    private final JsonMapper json;

    WorkerCalls(ServiceTokens tokens, JsonMapper json) {
        this.tokens = tokens;
        this.json = json;
    }

    /**
     * An answer.
     *
     * @param body missing if it is not JSON
     */
    record Reply(int status, JsonNode body) {
        boolean ok() {
            return status / 100 == 2;
        }

        String message() {
            String text = body.path("message").asString(body.path("error").asString(""));
            return text.isEmpty() ? "status " + status : text;
        }
    }

    /** The status as a worker sees it; null if it does not answer. */
    @Nullable Reply status(URI api, Duration timeout) {
        return send(request(api, "status", timeout).GET());
    }

    /** Gives an order; null if there is no answer: it may have been carried out. */
    @Nullable Reply order(URI api, String order, JsonNode arguments, Duration timeout) {
        return send(request(api, order, timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(arguments))));
    }

    private HttpRequest.Builder request(URI api, String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(api + "/group/" + path))
                .timeout(timeout)
                .header("Authorization", "Bearer " + tokens.issue("core-services"));
    }

    private @Nullable Reply send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : json.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
