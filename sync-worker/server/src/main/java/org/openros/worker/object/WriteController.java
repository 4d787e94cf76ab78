// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Changes the data of a realm. Each reply is given when the change is durable. */
@RestController
@RequestMapping("/internal/v1/data")
final class WriteController {
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final byte[] NOTHING = new byte[0];

    private final RealmCalls realms;

    WriteController(RealmCalls realms) {
        this.realms = realms;
    }

    /** Makes an object whose key is among its properties, or is generated. */
    @PostMapping("/objects")
    Mono<ResponseEntity<JsonNode>> create(
            @RequestParam String realm,
            @RequestParam("class") String table,
            @RequestHeader(name = KEY_HEADER, required = false) @Nullable String repeat,
            @RequestBody(required = false) byte @Nullable [] body) {
        Operation create = new Operation.Create(table, OperationReader.object(bytes(body)));
        return realms.edit(
                realm, new Change(List.of(), List.of(create), true, repeat(repeat, "create", table, "", body)));
    }

    /** Makes or replaces an object. */
    @PutMapping("/object")
    Mono<ResponseEntity<JsonNode>> put(
            @RequestParam String realm,
            @RequestParam("class") String table,
            @RequestParam String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String noneMatch,
            @RequestHeader(name = KEY_HEADER, required = false) @Nullable String repeat,
            @RequestBody(required = false) byte @Nullable [] body) {
        KeySource named = new KeySource.Text(key);
        Operation put = new Operation.Put(table, named, OperationReader.object(bytes(body)));
        List<Condition> conditions = noneMatch == null ? match(table, named, match)
                : List.of(absent(table, named, noneMatch));
        return realms.edit(realm, new Change(conditions, List.of(put), true, repeat(repeat, "put", table, key, body)));
    }

    /** Changes some properties of an object. */
    @PatchMapping("/object")
    Mono<ResponseEntity<JsonNode>> patch(
            @RequestParam String realm,
            @RequestParam("class") String table,
            @RequestParam String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestHeader(name = KEY_HEADER, required = false) @Nullable String repeat,
            @RequestBody(required = false) byte @Nullable [] body) {
        KeySource named = new KeySource.Text(key);
        Operation patch = new Operation.Patch(table, named, OperationReader.object(bytes(body)));
        return realms.edit(
                realm,
                new Change(match(table, named, match), List.of(patch), true,
                        repeat(repeat, "patch", table, key, body)));
    }

    /** Erases an object. */
    @DeleteMapping("/object")
    Mono<ResponseEntity<JsonNode>> delete(
            @RequestParam String realm,
            @RequestParam("class") String table,
            @RequestParam String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String match,
            @RequestHeader(name = KEY_HEADER, required = false) @Nullable String repeat) {
        KeySource named = new KeySource.Text(key);
        Operation delete = new Operation.Delete(table, named, true);
        return realms.edit(
                realm,
                new Change(match(table, named, match), List.of(delete), true,
                        repeat(repeat, "delete", table, key, null)));
    }

    /** Many operations as one: {@code {"preconditions": [...], "operations": [...]}}. */
    @PostMapping("/transactions")
    Mono<ResponseEntity<JsonNode>> transact(
            @RequestParam String realm,
            @RequestHeader(name = KEY_HEADER, required = false) @Nullable String repeat,
            @RequestBody(required = false) byte @Nullable [] body) {
        JsonNode request = OperationReader.object(bytes(body));
        return realms.edit(
                realm,
                new Change(
                        OperationReader.conditions(request),
                        OperationReader.operations(request),
                        false,
                        repeat(repeat, "transaction", "", "", body)));
    }

    private static byte[] bytes(byte @Nullable [] body) {
        return body == null ? NOTHING : body;
    }

    private static @Nullable Repeat repeat(
            @Nullable String header, String kind, String table, String key, byte @Nullable [] body) {
        return Repeat.of(header, utf8(kind), utf8(table), utf8(key), bytes(body));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Condition> match(String table, KeySource key, @Nullable String header) {
        if (header == null) {
            return List.of();
        }
        if (header.strip().equals("*")) {
            return List.of(new Condition.Exists(table, key, true));
        }
        Set<String> etags = Arrays.stream(header.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
        return List.of(new Condition.EtagIs(table, key, etags));
    }

    private static Condition absent(String table, KeySource key, String header) {
        if (!header.strip().equals("*")) {
            throw Problem.invalid("If-None-Match", "can only be *");
        }
        return new Condition.Exists(table, key, false);
    }
}
