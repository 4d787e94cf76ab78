// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/**
 * The back end of an app team: administers a server over its public interface, with the token from the server's folder.
 */
public final class AdminClient {
    private final ServerProcess server;
    private final String appId;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Administers the realms of an app. */
    public AdminClient(ServerProcess server, String appId) {
        this.server = server;
        this.appId = appId;
    }

    /** Sets what a user, or with {@code *} everybody, may do with a realm: none, read, write or admin. */
    public void apply(String userId, String realm, String level) {
        String body = "{\"condition\":{\"userId\":\"" + userId + "\"},\"realmPath\":\"" + realm
                + "\",\"accessLevel\":\"" + level + "\"}";
        HttpResponse<String> response = send("POST", "/permissions/apply", body);
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
    }

    /** Any call; the app is added to the query. */
    public HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, body, HttpResponse.BodyHandlers.ofString(), headers);
    }

    /** An answer that goes on. */
    public HttpResponse<InputStream> stream(String path, String... headers) {
        return send("GET", path, "", HttpResponse.BodyHandlers.ofInputStream(), headers);
    }

    private <T> HttpResponse<T> send(
            String method, String path, String body, HttpResponse.BodyHandler<T> handler, String... headers) {
        String query = (path.contains("?") ? "&" : "?") + "appId=" + appId;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path + query))
                .header("Authorization", "Bearer " + token(server.data()))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The token of an administrator that lies in the folder of a server. */
    public static String token(Path data) {
        try {
            return JsonMapper.shared()
                    .readTree(Files.readString(data.resolve("keys/admin.json")))
                    .path("ADMIN_TOKEN")
                    .stringValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
