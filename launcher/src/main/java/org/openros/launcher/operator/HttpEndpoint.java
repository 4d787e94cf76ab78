// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One HTTP interface of a process. Thread-safe. */
public final class HttpEndpoint {
    private static final JsonMapper JSON = JsonMapper.shared();
    /** Keeps no connections that would hinder the end of a process, and no threads that would hinder this one's. */
    private static final HttpClient CLIENT = client().build();


    private final URI base;
    private final HttpClient client;

    /** The interface below that address, {@code http://host:port}. */
    public HttpEndpoint(URI base) {
        this(base, CLIENT);
    }

    private HttpEndpoint(URI base, HttpClient client) {
        this.base = base;
        this.client = client;
    }

    /**
     * The interface of a process of this machine, whose certificate is for the name that clients use. Only for
     * questions without secrets.
     */
    public static HttpEndpoint withAnyCertificate(URI base) {
        return new HttpEndpoint(base, "https".equals(base.getScheme()) ? Unchecked.CLIENT : CLIENT);
    }

    /** Made when it is needed: TLS takes its time. */
    private static final class Unchecked {
        static final HttpClient CLIENT = client().sslContext(AnyCertificate.context()).build();
    }

    /**
     * An answer.
     *
     * @param body missing if it is not JSON
     */
    public record Reply(int status, JsonNode body) {
        /** Whether the status is one of success. */
        public boolean ok() {
            return status / 100 == 2;
        }

        /** Why it did not succeed, in the words of the process if it gave any. */
        public String reason() {
            for (String field : new String[] {"reason", "message", "detail", "error"}) {
                String text = body.path(field).asString("");
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return "status " + status;
        }
    }

    /** Where it is. */
    public URI base() {
        return base;
    }

    /**
     * Asks.
     *
     * @throws IOException if there is no answer in time
     */
    public Reply get(String path, Duration timeout) throws IOException {
        return send(request(path, timeout).GET());
    }

    /** A request that may be completed further. */
    HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(timeout).header("Accept", "application/json");
    }

    Reply send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), parse(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2));
    }

    private static JsonNode parse(byte[] body) {
        try {
            return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
