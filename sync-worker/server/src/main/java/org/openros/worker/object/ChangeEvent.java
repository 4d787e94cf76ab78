// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.storage.HistoryEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one history entry did, as JSON: the objects that it was about, with the values of fields that were set as a
 * whole and the names of others that it touched.
 */
final class ChangeEvent {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Timestamps of changes count from 2015-01-01T00:00:00Z. */
    private static final long TIMESTAMP_ORIGIN = 1_420_070_400_000L;

    /** A larger event tells only which classes were changed. */
    private static final int MOST_CHARACTERS = 64 << 10;

    private final Set<String> wanted;
    private final Map<String, Map<ObjectKey, Touched>> touched = new LinkedHashMap<>();
    private boolean schemaChanged;

    private ChangeEvent(Set<String> wanted) {
        this.wanted = wanted;
    }

    /**
     * The event for an entry.
     *
     * @param wanted the classes of interest; empty for all
     * @return null if the entry did nothing of interest
     */
    static @Nullable JsonNode of(HistoryEntry entry, Set<String> wanted) {
        ChangeEvent event = new ChangeEvent(wanted);
        if (entry.changeset().length > 0) {
            ChangesetParser.parse(entry.changeset()).instructions().forEach(event::add);
        }
        return event.touched.isEmpty() && !event.schemaChanged ? null : event.json(entry);
    }

    private void add(Instruction instruction) {
        String table = instruction.table().toUtf8();
        if (!wanted.isEmpty() && !wanted.contains(table)) {
            return;
        }
        if (instruction instanceof Instruction.OnObject change) {
            touched.computeIfAbsent(table, name -> new LinkedHashMap<>())
                    .computeIfAbsent(change.key(), key -> new Touched())
                    .add(change);
        } else {
            schemaChanged = true;
        }
    }

    private JsonNode json(HistoryEntry entry) {
        ObjectNode node = NODES.objectNode()
                .put("version", entry.serverVersion())
                .put("at", Instant.ofEpochMilli(TIMESTAMP_ORIGIN + entry.originTimestamp()).toString())
                .put("origin", entry.origin() == 0 ? "server" : "device");
        if (schemaChanged) {
            node.put("schemaChanged", true);
        }
        ArrayNode changes = NODES.arrayNode();
        int characters = 0;
        for (Map.Entry<String, Map<ObjectKey, Touched>> table : touched.entrySet()) {
            for (Map.Entry<ObjectKey, Touched> object : table.getValue().entrySet()) {
                JsonNode change = object.getValue().json(table.getKey(), object.getKey());
                characters += change.toString().length();
                if (characters > MOST_CHARACTERS) {
                    return incomplete(node);
                }
                changes.add(change);
            }
        }
        return node.set("changes", changes);
    }

    private JsonNode incomplete(ObjectNode node) {
        ArrayNode classes = node.put("incomplete", true).putArray("classes");
        touched.keySet().forEach(classes::add);
        return node;
    }

    /** What happened to one object. */
    private static final class Touched {
        private String effect = "updated";
        private final Map<ByteString, Value> set = new LinkedHashMap<>();
        private final Set<String> changed = new TreeSet<>();

        void add(Instruction.OnObject change) {
            switch (change) {
                case Instruction.CreateObject create -> effect = "created";
                case Instruction.EraseObject erase -> {
                    effect = "deleted";
                    set.clear();
                    changed.clear();
                }
                case Instruction.Update update when update.path().isEmpty() && isPlain(update.value()) -> {
                    changed.remove(update.field().toUtf8());
                    set.put(update.field(), update.value());
                }
                case Instruction.OnPath part -> {
                    set.remove(part.field());
                    changed.add(part.field().toUtf8());
                }
            }
        }

        private static boolean isPlain(Value value) {
            return value == Value.Marker.NULL || !(value instanceof Value.Marker);
        }

        JsonNode json(String table, ObjectKey key) {
            ObjectNode node = NODES.objectNode()
                    .put("class", table)
                    .put("key", Keys.text(key))
                    .put("effect", effect);
            if (!set.isEmpty()) {
                ObjectNode fields = node.putObject("set");
                set.forEach((field, value) -> fields.set(field.toUtf8(), ObjectJson.write(value, TypeCode.NULL)));
            }
            if (!changed.isEmpty()) {
                changed.forEach(node.putArray("changed")::add);
            }
            return node;
        }
    }
}
