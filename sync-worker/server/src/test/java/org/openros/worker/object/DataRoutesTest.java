// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.Master;
import org.openros.cluster.group.WatchedGroupView;
import org.openros.domain.GroupId;
import org.openros.domain.token.ServiceTokens;
import org.openros.worker.SyncWorkerApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes of a whole worker. */
final class DataRoutesTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext worker;
    private static String api;

    @TempDir
    private static Path data;

    @BeforeAll
    static void start() throws Exception {
        EmbeddedLockService locks = new EmbeddedLockService();
        WatchedGroupView masters = new WatchedGroupView(locks);
        worker = SyncWorkerApplication.builder()
                .initializers((GenericApplicationContext context) ->
                        context.getBeanFactory().registerSingleton("locks", locks))
                .run(
                        "--server.port=0",
                        "--logging.level.root=warn",
                        "--ros.worker.data=" + data.resolve("worker"),
                        "--ros.internal.secret=" + SECRET,
                        "--ros.core-services.urls=http://127.0.0.1:1");
        Master master = Awaitility.await().until(() -> masters.master(GroupId.DEFAULT), Objects::nonNull);
        api = master.api().toString();
        assertThat(send("POST", "/internal/v1/transactions", "{\"realm\":\"/app/data\",\"instructions\":"
                        + DataRealm.SCHEMA + "}").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        worker.close();
        HTTP.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(api + path))
                .header("Authorization", "Bearer " + new ServiceTokens(SECRET, Clock.systemUTC()).issue("test"))
                .header("Content-Type", "application/json");
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = request(path).method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String at(String route, String... parameters) {
        StringBuilder path = new StringBuilder("/internal/v1/data/" + route + "?realm=%2Fapp%2Fdata");
        for (int i = 0; i < parameters.length; i += 2) {
            path.append('&').append(parameters[i]).append('=')
                    .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    private static String dog(String key) {
        return at("object", "class", "Dog", "key", key);
    }

    @Test
    void objectIsMadeReadChangedAndErased() throws Exception {
        HttpResponse<String> made = send("PUT", dog("rex"), "{\"name\":\"Rex\"}", "If-None-Match", "*");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        HttpResponse<String> read = send("GET", dog("rex"), "");
        assertThat(read.body()).isEqualTo("{\"$key\":\"rex\",\"_id\":\"rex\",\"name\":\"Rex\"}");
        String etag = read.headers().firstValue("ETag").orElseThrow();
        assertThat(made.headers().firstValue("ETag")).hasValue(etag);
        assertThat(send("PUT", dog("rex"), "{}", "If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(send("PATCH", dog("rex"), "{\"name\":\"R\"}", "If-Match", etag).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", dog("rex"), "", "If-Match", etag).statusCode()).isEqualTo(412);
        assertThat(send("DELETE", dog("rex"), "").statusCode()).isEqualTo(200);
        HttpResponse<String> missing = send("GET", dog("rex"), "");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(missing.body()).contains("\"code\":906");
    }

    @Test
    void repetitionsAreRecognisedByTheirKey() throws Exception {
        String item = at("objects", "class", "Note");
        HttpResponse<String> first = send("POST", item, "{\"text\":\"x\"}", "Idempotency-Key", "n1");
        HttpResponse<String> second = send("POST", item, "{\"text\":\"x\"}", "Idempotency-Key", "n1");
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(send("POST", item, "{\"text\":\"y\"}", "Idempotency-Key", "n1").statusCode()).isEqualTo(422);
        assertThat(send("POST", item, "{}", "Idempotency-Key", "a key").statusCode()).isEqualTo(400);
    }

    @Test
    void bodyThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> refused = send("PUT", dog("big"), "{\"name\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("too large");
        assertThat(send("PUT", dog("big"), "{\"name\":\"" + "x".repeat(900_000) + "\"}").statusCode()).isEqualTo(201);
    }

    @Test
    void schemaAndObjectsAreShown() throws Exception {
        assertThat(send("GET", at("schema"), "").body())
                .contains("{\"name\":\"Dog\",\"kind\":\"topLevel\",\"primaryKey\":\"_id\"")
                .contains("{\"name\":\"lines\",\"type\":\"embedded\",\"collection\":\"list\",\"nullable\":false,"
                        + "\"target\":\"Line\"}");
        send("PUT", at("object", "class", "Item", "key", "5"), "{\"s\":\"five\"}");
        HttpResponse<String> found =
                send("GET", at("objects", "class", "Item", "filter", "s beginsWith \"fi\" and _id == 5"), "");
        assertThat(found.body()).contains("\"$key\":\"5\"", "\"nextCursor\":null");
        HttpResponse<String> wrong = send("GET", at("objects", "class", "Item", "limit", "0"), "");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("limit");
        assertThat(send("GET", "/internal/v1/data/schema", "").statusCode()).isEqualTo(400);
    }

    @Test
    void feedIsAStreamThatGoesOn() throws Exception {
        HttpResponse<InputStream> feed = HTTP.send(
                request(at("changes", "class", "Dog")).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(feed.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(feed.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("id:");
            send("PUT", dog("feed"), "{\"name\":\"F\"}");
            String line = lines.readLine();
            while (!line.startsWith("data:{\"version\":") || !line.contains("changes")) {
                line = lines.readLine();
            }
            assertThat(line).contains("\"key\":\"feed\"");
        }
    }

    @Test
    void feedOfAnotherHistoryIsGone() throws Exception {
        HttpResponse<String> gone = send("GET", at("changes"), "", "Last-Event-ID", "999999-abc");
        assertThat(gone.statusCode()).as(gone.body()).isEqualTo(410);
        assertThat(gone.body()).contains("read the objects anew");
        assertThat(send("GET", at("changes", "since", "x"), "").statusCode()).isEqualTo(400);
    }
}
