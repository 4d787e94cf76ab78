// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ClassDefinition;
import org.openros.worker.realm.RealmReader;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the data of a realm. */
@RestController
@RequestMapping("/internal/v1/data")
final class ReadController {
    private static final int LARGEST_PAGE = 500;

    private final RealmCalls realms;

    ReadController(RealmCalls realms) {
        this.realms = realms;
    }

    /** The classes. */
    @GetMapping("/schema")
    Mono<ResponseEntity<JsonNode>> schema(@RequestParam String realm) {
        return realms.read(realm, reader -> Replies.ok(SchemaJson.of(reader)));
    }

    /** Objects of a class, a page at a time. */
    @GetMapping("/objects")
    Mono<ResponseEntity<JsonNode>> objects(
            @RequestParam String realm,
            @RequestParam("class") String table,
            @RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Problem.invalid("limit", "is 1 to " + LARGEST_PAGE);
        }
        Query query = new Query(table, filter, cursor, limit);
        return realms.read(realm, reader -> Replies.ok(query.run(reader)));
    }

    /** One object. */
    @GetMapping("/object")
    Mono<ResponseEntity<JsonNode>> object(
            @RequestParam String realm, @RequestParam("class") String table, @RequestParam String key) {
        return realms.read(realm, reader -> object(reader, table, key));
    }

    private static ResponseEntity<JsonNode> object(RealmReader reader, String table, String text) {
        Classes classes = new Classes(reader);
        ClassDefinition definition = classes.keyed(table);
        ObjectKey key = parse(definition, text);
        ObjectNode stored = reader.object(definition.name(), key);
        if (stored == null) {
            throw Problem.NOT_FOUND.exception("there is no object '" + text + "' of the class '" + table + "'");
        }
        SortedMap<String, Content> fields = StoredContent.fields(stored);
        JsonNode object = new ObjectJson(classes).write(definition, key, fields);
        return ResponseEntity.ok().eTag(Etag.of(object)).body(object);
    }

    private static ObjectKey parse(ClassDefinition definition, String text) {
        try {
            return Keys.parse(definition, text);
        } catch (Misfit misfit) {
            throw Problem.invalid("key", misfit.reason());
        }
    }
}
