// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ClassDefinition;
import org.openros.worker.realm.RealmReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds objects of a class in the order of their keys, a page at a time. The work of one page is bounded: one that
 * looked at many objects ends early, perhaps empty, with a cursor to go on from.
 *
 * @param table the class
 * @param limit at most so many objects
 */
record Query(String table, @Nullable String filter, @Nullable String cursor, int limit) {
    private static final int MOST_LOOKED_AT = 10_000;
    private static final long MOST_NANOS = 100_000_000;
    private static final int MOST_CHARACTERS = 1 << 20;

    JsonNode run(RealmReader reader) {
        Classes classes = new Classes(reader);
        ClassDefinition definition = classes.keyed(table);
        Filter wanted = FilterParser.parse(filter, classes, definition);
        Page page = new Page(new ObjectJson(classes), definition, wanted);
        reader.scan(definition.name(), cursor == null ? null : key(cursor), page::visit);
        return page.json(reader.version());
    }

    private static ObjectKey key(String cursor) {
        try {
            byte[] text = Base64.getUrlDecoder().decode(cursor);
            return ChangesetJson.readKey(JsonMapper.shared().readTree(new String(text, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | JacksonException e) {
            throw Problem.invalid("cursor", "is not one that was given out here");
        }
    }

    private static String cursor(ObjectKey key) {
        byte[] text = ChangesetJson.write(key).toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /** A page on the way. */
    private final class Page {
        private final ObjectJson json;
        private final ClassDefinition definition;
        private final Filter wanted;
        private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
        private final long start = System.nanoTime();
        private int lookedAt;
        private long characters;
        private @Nullable ObjectKey last;
        private boolean more;

        Page(ObjectJson json, ClassDefinition definition, Filter wanted) {
            this.json = json;
            this.definition = definition;
            this.wanted = wanted;
        }

        boolean visit(ObjectKey key, ObjectNode object) {
            if (isFull()) {
                more = true;
                return false;
            }
            lookedAt++;
            last = key;
            QueriedObject candidate = new QueriedObject(key, StoredContent.fields(object));
            if (wanted.matches(candidate)) {
                ObjectNode item = json.write(definition, key, candidate.fields());
                characters += item.toString().length();
                items.add(item);
            }
            return true;
        }

        private boolean isFull() {
            return items.size() >= limit
                    || lookedAt >= MOST_LOOKED_AT
                    || characters >= MOST_CHARACTERS
                    || (lookedAt > 0 && System.nanoTime() - start > MOST_NANOS);
        }

        JsonNode json(long version) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.set("items", items);
            node.put("nextCursor", more && last != null ? cursor(last) : null);
            return node.put("version", version);
        }
    }
}
