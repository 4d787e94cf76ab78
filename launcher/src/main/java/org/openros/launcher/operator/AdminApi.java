// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.operator;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import tools.jackson.databind.json.JsonMapper;

/** The administrators' interface of an installation. Thread-safe. */
public final class AdminApi {
    private static final String V1 = "/admin/v1";

    /** Longer than a failover takes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final HttpEndpoint endpoint;
    private final String token;
    private final Duration patience;

    /**
     * Calls nothing.
     *
     * @param gateway base of a gateway, {@code http://host:port}
     * @param token of an administrator
     */
    public AdminApi(URI gateway, String token) {
        this(gateway, token, TIMEOUT);
    }

    /**
     * As above, for a caller that can ask somebody else.
     *
     * @param patience how long an answer to a GET may take
     */
    public AdminApi(URI gateway, String token, Duration patience) {
        endpoint = new HttpEndpoint(gateway);
        this.token = token;
        this.patience = patience;
    }

    /** Where the gateway is. */
    public URI base() {
        return endpoint.base();
    }

    /**
     * Calls a route.
     *
     * @param path below {@code /admin/v1}, its parts encoded
     * @param query parameters; those that are empty are left out
     * @param body written as JSON; null for none
     * @throws IOException if there is no answer in time; it may have been carried out
     */
    public Reply call(String method, String path, Map<String, String> query, @Nullable Object body)
            throws IOException {
        HttpRequest.Builder request = endpoint.request(V1 + path + text(query), "GET".equals(method) ? patience : TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .method(method, body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(body)));
        return endpoint.send(body == null ? request : request.header("Content-Type", "application/json"));
    }

    private static String text(Map<String, String> query) {
        String text = query.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return text.isEmpty() ? "" : "?" + text;
    }

    /** A value as one part of a path or of a query. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
