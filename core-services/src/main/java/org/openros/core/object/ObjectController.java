// SPDX-License-Identifier: Apache-2.0
package org.openros.core.object;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.AppScope;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.object.WorkerRequest.Body;
import org.openros.core.problem.Problem;
import org.openros.core.realmapi.RealmNames;
import org.openros.domain.RealmPath;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The data of realms (admin API, section 15.4): schema, objects, transactions and the feed of changes. Names of realms
 * and keys are one part of the path each, their slashes written {@code %2F}.
 */
@RestController
@RequestMapping("/admin/v1/realms/{name}")
final class ObjectController {
    private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
    private static final String OBJECT = "object";

    private static final List<String> PASSED_ON = List.of(
            HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH, "Idempotency-Key", "Last-Event-ID");
    private static final List<String> PASSED_BACK =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER);
    private static final List<String> OWN_PARAMETERS = List.of("appId", "realm", "key");
    private static final int LARGEST_BODY = 1 << 20;

    /** One attempt. A frozen master says nothing, and the next one may have been elected meanwhile. */
    private static final Duration SILENCE = Duration.ofSeconds(8);

    /** Feeds say something every ten seconds. */
    private static final Duration SILENCE_OF_FEEDS = Duration.ofSeconds(25);

    private final Directory directory;
    private final AppScope apps;
    private final Workers workers;
    private final AuditLog log;

    ObjectController(Directory directory, AppScope apps, Workers workers, AuditLog log) {
        this.directory = directory;
        this.apps = apps;
        this.workers = workers;
        this.log = log;
    }

    /** The classes of the realm. */
    @GetMapping("/schema")
    @Operation(summary = "Shows the classes of a realm and their properties")
    @ApiResponse(responseCode = "200", description = "the classes",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> schema(ServerWebExchange exchange, Authentication admin, @PathVariable String name) {
        return forward(exchange, admin, name, "schema", null, null);
    }

    /** Objects of a class, a page at a time. */
    @GetMapping("/objects/{table}")
    @Operation(summary = "Finds objects of a class, a page at a time in the order of their keys")
    @Parameter(name = "filter", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(type = "integer"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "200", description = "items, nextCursor and version",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> find(
            ServerWebExchange exchange, Authentication admin, @PathVariable String name, @PathVariable String table) {
        return forward(exchange, admin, name, "objects", table, null);
    }

    /** A new object. */
    @PostMapping("/objects/{table}")
    @Operation(summary = "Makes an object, whose key is among its properties or is generated")
    @RequestBody(required = true, content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    @ApiResponse(responseCode = "201", description = "it is made and durable",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> create(
            ServerWebExchange exchange, Authentication admin, @PathVariable String name, @PathVariable String table) {
        return forward(exchange, admin, name, "objects", table, null);
    }

    /** One object. */
    @GetMapping("/objects/{table}/{key}")
    @Operation(summary = "Shows an object")
    @ApiResponse(responseCode = "200", description = "the object",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> get(
            ServerWebExchange exchange,
            Authentication admin,
            @PathVariable String name,
            @PathVariable String table,
            @PathVariable String key) {
        return forward(exchange, admin, name, "object", table, key);
    }

    /** Makes or replaces an object. */
    @PutMapping("/objects/{table}/{key}")
    @Operation(summary = "Makes an object, or gives it exactly these properties")
    @RequestBody(required = true, content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    @ApiResponse(responseCode = "200", description = "it is replaced and durable",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    @ApiResponse(responseCode = "201", description = "it is made and durable",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> put(
            ServerWebExchange exchange,
            Authentication admin,
            @PathVariable String name,
            @PathVariable String table,
            @PathVariable String key) {
        return forward(exchange, admin, name, "object", table, key);
    }

    /** Changes some properties of an object. */
    @PatchMapping("/objects/{table}/{key}")
    @Operation(summary = "Changes some properties of an object")
    @RequestBody(required = true, content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    @ApiResponse(responseCode = "200", description = "it is changed and durable",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> patch(
            ServerWebExchange exchange,
            Authentication admin,
            @PathVariable String name,
            @PathVariable String table,
            @PathVariable String key) {
        return forward(exchange, admin, name, "object", table, key);
    }

    /** Erases an object. */
    @DeleteMapping("/objects/{table}/{key}")
    @Operation(summary = "Erases an object; links to it lead nowhere from then on")
    @ApiResponse(responseCode = "200", description = "it is erased, durably",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> delete(
            ServerWebExchange exchange,
            Authentication admin,
            @PathVariable String name,
            @PathVariable String table,
            @PathVariable String key) {
        return forward(exchange, admin, name, "object", table, key);
    }

    /** Many changes as one. */
    @PostMapping("/transactions")
    @Operation(summary = "Makes many changes as one, if conditions hold")
    @RequestBody(required = true, content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    @ApiResponse(responseCode = "200", description = "all is done and durable",
            content = @Content(mediaType = JSON, schema = @Schema(type = OBJECT)))
    Mono<Void> transact(ServerWebExchange exchange, Authentication admin, @PathVariable String name) {
        return forward(exchange, admin, name, "transactions", null, null);
    }

    /** The feed of changes, as server-sent events. */
    @GetMapping("/changes")
    @Operation(summary = "Tells the changes of a realm as they are made, as server-sent events")
    @Parameter(name = "class", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "since", in = ParameterIn.QUERY, schema = @Schema(type = "string"))
    @Parameter(name = "Last-Event-ID", in = ParameterIn.HEADER, schema = @Schema(type = "string"))
    @ApiResponse(responseCode = "200", description = "the events",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(type = "string")))
    Mono<Void> changes(ServerWebExchange exchange, Authentication admin, @PathVariable String name) {
        return forward(exchange, admin, name, "changes", null, null);
    }

    private Mono<Void> forward(
            ServerWebExchange exchange,
            Authentication admin,
            String name,
            String route,
            @Nullable String table,
            @Nullable String key) {
        ServerHttpRequest asked = exchange.getRequest();
        Mono<RealmRow> realm = Mono.fromCallable(() -> realm(asked, name)).subscribeOn(Schedulers.boundedElastic());
        return realm.zipWith(body(asked)).flatMap(both -> {
            RealmRow row = both.getT1();
            WorkerRequest request = request(asked, row, route, parameters(asked, row, table, key), both.getT2());
            return workers.ask(request, answer -> {
                tell(admin, asked, row, request, table, key, answer);
                return pass(answer, exchange.getResponse());
            });
        });
    }

    private RealmRow realm(ServerHttpRequest asked, String name) {
        RealmPath path = RealmNames.path(apps.required(asked.getQueryParams().getFirst("appId")), "path", name);
        RealmRow row = directory.find(path);
        if (row == null || row.isDeleted()) {
            throw Problem.REALM_NOT_FOUND.exception("there is no such realm");
        }
        return row;
    }

    private static Mono<Body> body(ServerHttpRequest asked) {
        return DataBufferUtils.join(asked.getBody(), LARGEST_BODY)
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return new Body(bytes);
                })
                .defaultIfEmpty(Body.NONE);
    }

    private static MultiValueMap<String, String> parameters(
            ServerHttpRequest asked, RealmRow row, @Nullable String table, @Nullable String key) {
        MultiValueMap<String, String> parameters = new LinkedMultiValueMap<>(asked.getQueryParams());
        OWN_PARAMETERS.forEach(parameters::remove);
        parameters.set("realm", row.store().value());
        if (table != null) {
            parameters.set("class", table);
        }
        if (key != null) {
            parameters.set("key", key);
        }
        return parameters;
    }

    private static WorkerRequest request(
            ServerHttpRequest asked, RealmRow row, String route, MultiValueMap<String, String> parameters, Body body) {
        HttpHeaders headers = new HttpHeaders();
        for (String header : PASSED_ON) {
            String value = asked.getHeaders().getFirst(header);
            if (value != null) {
                headers.set(header, value);
            }
        }
        // Whatever its label, which tools choose by themselves at times.
        headers.setContentType(MediaType.APPLICATION_JSON);
        Duration silence = route.equals("changes") ? SILENCE_OF_FEEDS : SILENCE;
        return new WorkerRequest(row.group(), asked.getMethod(), route, parameters, headers, body, silence);
    }

    private void tell(
            Authentication admin,
            ServerHttpRequest asked,
            RealmRow row,
            WorkerRequest request,
            @Nullable String table,
            @Nullable String key,
            ClientResponse answer) {
        if (request.isWrite() && answer.statusCode().is2xxSuccessful()) {
            log.entry(AuditEvent.CHANGE_OBJECTS, asked)
                    .with("admin", admin.getName())
                    .with("realm", row.path().value())
                    .with("method", request.method())
                    .with("class", table)
                    .with("key", key)
                    .run(line -> true);
        }
    }

    private static Mono<Void> pass(ClientResponse answer, ServerHttpResponse response) {
        response.setStatusCode(answer.statusCode());
        HttpHeaders headers = answer.headers().asHttpHeaders();
        for (String name : PASSED_BACK) {
            String value = headers.getFirst(name);
            if (value != null) {
                response.getHeaders().set(name, value);
            }
        }
        response.getHeaders().setCacheControl("no-store");
        Flux<DataBuffer> body = answer.bodyToFlux(DataBuffer.class);
        boolean isFeed = MediaType.TEXT_EVENT_STREAM.isCompatibleWith(headers.getContentType());
        return isFeed ? response.writeAndFlushWith(body.map(Mono::just)) : response.writeWith(body);
    }
}
