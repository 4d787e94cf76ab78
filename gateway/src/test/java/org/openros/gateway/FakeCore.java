// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Core services whose answers a test chooses. */
final class FakeCore implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** An answer to one of the gateway's questions. */
    record Answer(int status, Map<String, Object> body) {
        static Answer of(int status, String error) {
            return new Answer(status, Map.of("error", error, "error_code", "Any"));
        }
    }

    /** A request of a client as it arrived. */
    record Forwarded(String method, String uri, Map<String, String> headers, String body) {}

    static final Function<JsonNode, Mono<Answer>> LET_IN =
            question -> Mono.just(new Answer(200, Map.of("userId", "u1", "expiresAt", 2_000_000_000)));

    static final Answer NOTHING_CHANGED =
            new Answer(200, Map.of("last", 0, "complete", true, "changes", List.of()));

    volatile Function<JsonNode, Mono<Answer>> connections = LET_IN;
    volatile Function<JsonNode, Mono<Answer>> realms = FakeCore::openRealm;
    volatile boolean ready = true;
    volatile Answer changes = NOTHING_CHANGED;
    final List<Forwarded> forwarded = new CopyOnWriteArrayList<>();
    final List<JsonNode> questions = new CopyOnWriteArrayList<>();
    final List<String> credentials = new CopyOnWriteArrayList<>();
    final List<String> requestIds = new CopyOnWriteArrayList<>();
    private final DisposableServer server;

    FakeCore() {
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes -> routes.post("/internal/v1/connections/authorize", (in, out) -> ask(in, out, true))
                        .post("/internal/v1/realms/authorize", (in, out) -> ask(in, out, false))
                        .get("/internal/v1/access/changes", this::tellChanges)
                        .get("/readyz", (in, out) -> out.status(ready ? 200 : 503).send())
                        .route(request -> true, this::forward))
                .bindNow();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    void reset() {
        connections = LET_IN;
        realms = FakeCore::openRealm;
        ready = true;
        changes = NOTHING_CHANGED;
        forwarded.clear();
        questions.clear();
        credentials.clear();
        requestIds.clear();
    }

    static Mono<Answer> openRealm(JsonNode question) {
        return Mono.just(openedIn("default", question));
    }

    static Answer openedIn(String group, JsonNode question) {
        String path = question.get("partition").stringValue();
        return new Answer(200, Map.of("path", "/a/p", "group", group, "realmToken", "may-open " + path));
    }

    /** The realm of a partition, whose name is plain, is open to a user. */
    static Answer openedTo(String user, String partition, long asOf) {
        return new Answer(200, Map.of(
                "path", "/a/" + partition, "group", "default", "realmToken", "t", "userId", user, "asOf", asOf));
    }

    /** The name of the partition that a question is about. */
    static String partition(JsonNode question) {
        return question.get("partition").stringValue().replace("\"", "");
    }

    private Publisher<Void> tellChanges(HttpServerRequest in, HttpServerResponse out) {
        return out.status(changes.status())
                .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .sendByteArray(Mono.just(JSON.writeValueAsBytes(changes.body())));
    }

    private Mono<Void> ask(HttpServerRequest in, HttpServerResponse out, boolean connection) {
        requestIds.add(in.requestHeaders().get("X-Request-Id", ""));
        credentials.add(in.requestHeaders().get(HttpHeaderNames.AUTHORIZATION, ""));
        return in.receive().aggregate().asByteArray().map(JSON::readTree).flatMap(question -> {
            questions.add(question);
            return (connection ? connections : realms)
                    .apply(question)
                    .flatMap(answer -> out.status(answer.status())
                            .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                            .sendByteArray(Mono.just(JSON.writeValueAsBytes(answer.body())))
                            .then());
        });
    }

    private Mono<Void> forward(HttpServerRequest in, HttpServerResponse out) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        in.requestHeaders().forEach(header -> headers.merge(header.getKey(), header.getValue(), (a, b) -> a + "|" + b));
        return in.receive().aggregate().asString(UTF_8).defaultIfEmpty("").flatMap(body -> {
            if (in.uri().endsWith("/never")) {
                return Mono.never();
            }
            if (in.uri().endsWith("/feed")) {
                return out.sse().sendString(Flux.just("data:1\n\n").concatWith(Mono.never())).then();
            }
            forwarded.add(new Forwarded(in.method().name(), in.uri(), headers, body));
            return out.status(201)
                    .header(HttpHeaderNames.CONTENT_TYPE, "application/json")
                    .sendString(Mono.just("{\"echo\":\"" + in.path() + "\"}"))
                    .then();
        });
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
