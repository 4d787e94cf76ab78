// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the application as an SDK's transport does. */
final class ApiClient implements AutoCloseable {
    static final String API = "/api/client/v2.0";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    ApiClient(URI base) {
        this.base = base;
    }

    Reply get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    Reply post(String path, @Nullable String token, String body) {
        return send("POST", path, token, body);
    }

    Reply delete(String path, @Nullable String token) {
        return send("DELETE", path, token, null);
    }

    Reply send(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json;charset=utf-8")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return answer(request.build());
    }

    private Reply answer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Retry-After").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends nothing that is not said here. */
    Reply raw(String method, String path, String body, String... headers) {
        return answer(HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, BodyPublishers.ofString(body))
                .headers(headers)
                .build());
    }

    Reply register(String app, String email, String password) {
        return post(providers(app) + "local-userpass/register", null, account("email", email, password));
    }

    Reply logIn(String app, String email, String password) {
        return post(providers(app) + "local-userpass/login", null, account("username", email, password));
    }

    Reply logInWithKey(String app, String key) {
        return post(providers(app) + "api-key/login", null, JSON.createObjectNode().put("key", key).toString());
    }

    Reply link(String app, String token, String email, String password) {
        return post(providers(app) + "local-userpass/login?link=true", token, account("username", email, password));
    }

    Reply anonymous(String app) {
        return post(providers(app) + "anon-user/login", null, "{\"provider\":\"anon-user\",\"options\":{}}");
    }

    private static String account(String nameKey, String email, String password) {
        return JSON.createObjectNode().put(nameKey, email).put("password", password).toString();
    }

    static String providers(String app) {
        return API + "/app/" + app + "/auth/providers/";
    }

    @Override
    public void close() {
        http.close();
    }

    /** What came back. */
    record Reply(int status, String contentType, String retryAfter, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        String text(String key) {
            return json().path(key).asString("");
        }

        String error() {
            return status + " " + text("error_code");
        }
    }
}
