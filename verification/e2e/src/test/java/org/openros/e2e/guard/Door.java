// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The public address of a server, called with whatever token. Thread-safe. */
final class Door implements AutoCloseable {
    private static final String API = "/api/client/v2.0";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String app;

    Door(String url, String app) {
        this.url = url;
        this.app = app;
    }

    /** What came back. */
    record Answer(int status, String body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        /** Status and code, as in "403 614" and "401 InvalidSession". */
        String error() {
            JsonNode json = json();
            return status + " " + json.path(json.has("code") ? "code" : "error_code").asString("");
        }
    }

    /** Who has logged in. */
    record User(String id, String access, String refresh) {}

    /** Any call; the app is added to the query, which only administrators need. */
    Answer send(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        String query = (path.contains("?") ? "&" : "?") + "appId=" + app;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path + query))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (HttpTimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE + " to " + method + " " + path, e);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer post(String path, @Nullable String token, String body, String... headers) {
        return send("POST", path, token, body, headers);
    }

    Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    /** A call of an SDK. */
    Answer sdk(String method, String path, @Nullable String token, @Nullable String body) {
        return send(method, API + path, token, body);
    }

    User logInAnonymously() {
        return user(post(providers("anon-user/login"), null, "{}"));
    }

    User register(String name, String password) {
        Answer registered = post(providers("local-userpass/register"), null, """
                {"email": "%s", "password": "%s"}""".formatted(name, password));
        if (registered.status() != 201) {
            throw new AssertionError(registered.toString());
        }
        return user(logIn(name, password));
    }

    Answer logIn(String name, String password, String... headers) {
        return post(providers("local-userpass/login"), null, """
                {"username": "%s", "password": "%s"}""".formatted(name, password), headers);
    }

    static User user(Answer login) {
        if (login.status() != 200) {
            throw new AssertionError(login.toString());
        }
        JsonNode json = login.json();
        return new User(
                json.path("user_id").asString(), json.path("access_token").asString(),
                json.path("refresh_token").asString());
    }

    private String providers(String path) {
        return API + "/app/" + app + "/auth/providers/" + path;
    }

    /**
     * Opens a sync connection.
     *
     * @throws WebSocketHandshakeException if it is refused before the upgrade
     */
    SyncSocket sync(String accessToken) throws IOException {
        String address = url.replaceFirst("^http", "ws") + API + "/app/" + app + "/realm-sync?baas_at=" + accessToken;
        return new SyncSocket(http, URI.create(address));
    }

    @Override
    public void close() {
        http.close();
    }
}
