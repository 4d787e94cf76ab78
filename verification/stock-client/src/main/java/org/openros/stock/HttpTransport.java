// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.sync.NetworkTransport;
import io.realm.kotlin.internal.interop.sync.Response;
import io.realm.kotlin.internal.interop.sync.ResponseCallback;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The means to make HTTP requests, which each SDK gives to the native client. */
final class HttpTransport implements NetworkTransport {
    /** What SDKs report for a request that got no answer. */
    private static final int NO_ANSWER = 1000;

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** The native client must not be called back on the thread it calls from. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("http-transport").unstarted(task));

    @Override
    public String getAuthorizationHeaderName() {
        return "Authorization";
    }

    @Override
    public Map<String, String> getCustomHeaders() {
        return Map.of();
    }

    @Override
    public void sendRequest(String method, String url, Map<String, String> headers, String body,
            ResponseCallback callback) {
        worker.execute(() -> callback.response(perform(method.toUpperCase(Locale.ROOT), url, headers, body)));
    }

    private static Response perform(String method, String url, Map<String, String> headers, String body) {
        boolean bodiless = method.equals("GET");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Reply.PATIENCE)
                .method(method, bodiless ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            if (!bodiless || !name.equalsIgnoreCase("Content-Type")) {
                request.header(name, value);
            }
        });
        try {
            return answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Response(0, NO_ANSWER, Map.of(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Response(0, NO_ANSWER, Map.of(), e.toString());
        }
    }

    private static Response answer(HttpResponse<String> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
        return new Response(response.statusCode(), 0, headers, response.body());
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}
