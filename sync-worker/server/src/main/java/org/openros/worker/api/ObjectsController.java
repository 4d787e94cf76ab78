// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ObjectState;
import org.openros.domain.RealmPath;
import org.openros.worker.group.Reigns;
import org.openros.worker.realm.RealmReader;
import org.openros.worker.realm.Realms;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads objects of realms for other services, in the readable notation of changesets. */
@RestController
final class ObjectsController {
    private static final int MAX_PAGE = 1000;

    private final Reigns reigns;
    private final JsonMapper json = JsonMapper.shared();

    ObjectsController(Reigns reigns) {
        this.reigns = reigns;
    }

    /**
     * One object by its key: 200, or 404 with {@code {"found":false}} if class or object do not exist. The body tells
     * it from the 404 of a server that does not know the route.
     */
    @GetMapping(path = "/internal/v1/objects", params = "pk")
    Mono<ResponseEntity<JsonNode>> object(
            @RequestParam String realm, @RequestParam String table, @RequestParam String pk) {
        ObjectKey key = key(pk);
        return read(realm, reader -> {
            ObjectNode object = reader.object(ByteString.of(table), key);
            return object == null ? Answers.notFound() : ResponseEntity.ok(object);
        });
    }

    /** The objects of a class in the order of their keys, a page at a time. */
    @GetMapping(path = "/internal/v1/objects", params = "!pk")
    Mono<ResponseEntity<JsonNode>> objects(
            @RequestParam String realm,
            @RequestParam String table,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        ObjectKey start = after == null ? null : key(after);
        int size = Math.clamp(limit, 1, MAX_PAGE);
        return read(realm, reader -> ResponseEntity.ok(page(reader, ByteString.of(table), start, size)));
    }

    private static JsonNode page(RealmReader reader, ByteString table, @Nullable ObjectKey after, int limit) {
        ObjectState.Page found = reader.objects(table, after, limit);
        ObjectKey next = found.next();
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.putArray("objects").addAll(found.objects());
        page.set("next", next == null ? JsonNodeFactory.instance.nullNode() : ChangesetJson.write(next));
        return page;
    }

    private Mono<ResponseEntity<JsonNode>> read(
            String realm, Function<RealmReader, ResponseEntity<JsonNode>> query) {
        RealmPath path = new RealmPath(realm);
        Reigns.Reign reign = reigns.present();
        if (reign == null) {
            return Mono.just(Answers.notMaster());
        }
        Realms realms = reign.realms();
        return Mono.create(answer -> realms.read(
                path,
                query,
                found -> confirm(realms, found, answer::success),
                reason -> answer.success(Answers.unavailable(reason))));
    }

    /** A stale master may not know an object; to its asker that may mean that a user does not exist. */
    private static void confirm(
            Realms realms, ResponseEntity<JsonNode> found, Consumer<ResponseEntity<JsonNode>> answer) {
        if (found.getStatusCode().is2xxSuccessful()) {
            answer.accept(found);
        } else {
            realms.confirmLeadership(master -> answer.accept(master ? found : Answers.notMaster()));
        }
    }

    private ObjectKey key(String text) {
        try {
            return ChangesetJson.readKey(json.readTree(text));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the key is not well-formed JSON", e);
        }
    }
}
