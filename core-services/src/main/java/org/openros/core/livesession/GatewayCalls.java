// SPDX-License-Identifier: Apache-2.0
package org.openros.core.livesession;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.token.ServiceTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the routes that gateways have for core services. Thread-safe; blocks. */
final class GatewayCalls {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayCalls.class);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String PATH = "/internal/v1/sessions";

    private final HttpClient http;
    private final ServiceTokens tokens;
    private final JsonMapper json;

    /**
     * Calls nothing.
     *
     * @param context whom to trust
     * @param tls how connections are made
     */
    GatewayCalls(SSLContext context, SSLParameters tls, ServiceTokens tokens, JsonMapper json) {
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .sslContext(context)
                .sslParameters(tls)
                .build();
        this.tokens = tokens;
        this.json = json;
    }

    /** Sessions in the order of their numbers; null if the gateway does not answer. */
    @Nullable List<LiveSession> list(
            URI gateway, @Nullable RealmPath path, @Nullable String userId, long after, int limit) {
        String query = "?after=" + after + "&limit=" + limit
                + (path == null ? "" : "&path=" + encoded(path.value()))
                + (userId == null ? "" : "&user=" + encoded(userId));
        HttpResponse<byte[]> response = send(request(gateway, query).GET());
        try {
            return response == null || response.statusCode() != 200
                    ? null
                    : json.readTree(response.body()).path("sessions").valueStream()
                            .map(session -> read(gateway, session))
                            .toList();
        } catch (JacksonException | IllegalArgumentException e) {
            LOG.debug("the answer of {} is not understood", gateway, e);
            return null;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static LiveSession read(URI gateway, JsonNode session) {
        return new LiveSession(
                gateway,
                session.path("number").asLong(),
                new RealmPath(session.path("path").asString()),
                session.path("userId").asString(),
                Instant.ofEpochMilli(session.path("since").asLong()));
    }

    /** The status of the answer; 0 if there is none. */
    int end(URI gateway, long number) {
        HttpResponse<byte[]> response = send(request(gateway, "/" + number).DELETE());
        return response == null ? 0 : response.statusCode();
    }

    private HttpRequest.Builder request(URI gateway, String rest) {
        return HttpRequest.newBuilder(URI.create(gateway + PATH + rest))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.issue("core-services"));
    }

    private @Nullable HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            LOG.debug("a gateway does not answer", e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
