// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes transactions and reads objects in the JSON notation of the workers' API (changesets, section 6). */
final class InstructionJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private InstructionJson() {}

    /**
     * The body of a transaction on the realm; the schema goes along when asked for, it does nothing where it is known.
     */
    static ObjectNode transaction(String realm, Transaction transaction, boolean withSchema) {
        ObjectNode body = JSON.objectNode().put("realm", realm);
        ArrayNode conditions = body.putArray("preconditions");
        transaction.conditions().forEach(condition -> conditions.add(condition(condition)));
        ArrayNode instructions = body.putArray("instructions");
        if (withSchema) {
            addSchema(instructions);
        }
        transaction.changes().forEach(change -> instructions.add(instruction(change)));
        return body;
    }

    private static void addSchema(ArrayNode instructions) {
        for (MetadataTable table : MetadataTable.values()) {
            instructions.add(op("AddTable", table)
                    .put("kind", "topLevel")
                    .put("pkField", "_id")
                    .put("pkType", "string")
                    .put("pkNullable", false));
            table.columns().forEach(column -> instructions.add(addColumn(table, column)));
        }
    }

    private static ObjectNode addColumn(MetadataTable table, Column column) {
        ObjectNode node = op("AddColumn", table)
                .put("field", column.name())
                .put("type", column.type().notation())
                .put("nullable", column.nullable())
                .put("collection", column.dictionary() ? "dictionary" : "single");
        return column.dictionary() ? node.put("keyType", "string") : node;
    }

    private static ObjectNode condition(Condition condition) {
        return switch (condition) {
            case Condition.Exists(ObjectRef object) -> address(object).put("exists", true);
            case Condition.Absent(ObjectRef object) -> address(object).put("exists", false);
            case Condition.FieldEquals(ObjectRef object, String field, FieldValue value) ->
                address(object).put("field", field).set("equals", value(value));
        };
    }

    private static ObjectNode instruction(Change change) {
        return switch (change) {
            case Change.Create(ObjectRef object) -> op("CreateObject", object);
            case Change.Erase(ObjectRef object) -> op("EraseObject", object);
            case Change.Set(ObjectRef object, String field, FieldValue value) ->
                update(object, field, null, value(value));
            case Change.Put(ObjectRef object, String field, String entry, FieldValue value) ->
                update(object, field, entry, value(value));
            case Change.Remove(ObjectRef object, String field, String entry) ->
                update(object, field, entry, JSON.objectNode().put("special", "erased"));
        };
    }

    private static ObjectNode update(ObjectRef object, String field, @Nullable String entry, JsonNode value) {
        ObjectNode node = op("Update", object).put("field", field);
        ArrayNode path = node.putArray("path");
        if (entry != null) {
            path.add(entry);
        }
        node.set("value", value);
        return node.put("default", false);
    }

    private static ObjectNode op(String name, MetadataTable table) {
        return JSON.objectNode().put("op", name).put("table", table.className());
    }

    private static ObjectNode op(String name, ObjectRef object) {
        return op(name, object.table()).set("pk", key(object));
    }

    private static ObjectNode address(ObjectRef object) {
        return JSON.objectNode().put("table", object.table().className()).set("pk", key(object));
    }

    /** The primary key as the API wants it. */
    static ObjectNode key(ObjectRef object) {
        return JSON.objectNode().put("string", object.key());
    }

    private static JsonNode value(@Nullable FieldValue value) {
        return switch (value) {
            case null -> JSON.nullNode();
            case Text(String text) -> JSON.objectNode().put("string", text);
            case Flag(boolean flag) -> JSON.objectNode().put("bool", flag);
            case Whole(long whole) -> JSON.objectNode().put("int", Long.toString(whole));
            case Moment(Instant moment) -> timestamp(moment);
        };
    }

    private static ObjectNode timestamp(Instant moment) {
        ObjectNode node = JSON.objectNode();
        node.putObject("timestamp")
                .put("s", Long.toString(moment.getEpochSecond()))
                .put("ns", moment.getNano());
        return node;
    }

    /**
     * Reads the answer to a question for one object.
     *
     * @throws IllegalArgumentException if it has another form than the API promises
     */
    static StoredObject object(JsonNode body) {
        Map<String, FieldValue> fields = new HashMap<>();
        Map<String, Map<String, FieldValue>> dictionaries = new HashMap<>();
        for (Map.Entry<String, JsonNode> field : body.path("fields").properties()) {
            JsonNode entries = field.getValue().path("dictionary");
            if (entries.isObject()) {
                dictionaries.put(field.getKey(), values(entries));
            } else if (!field.getValue().isNull()) {
                fields.put(field.getKey(), read(field.getValue()));
            }
        }
        return new StoredObject(fields, dictionaries);
    }

    private static Map<String, FieldValue> values(JsonNode entries) {
        Map<String, FieldValue> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            if (!entry.getValue().isNull()) {
                values.put(entry.getKey(), read(entry.getValue()));
            }
        }
        return values;
    }

    private static FieldValue read(JsonNode value) {
        if (value.path("string").isString()) {
            return new Text(value.path("string").stringValue());
        }
        if (value.path("bool").isBoolean()) {
            return new Flag(value.path("bool").booleanValue());
        }
        if (value.path("int").isString()) {
            return new Whole(Long.parseLong(value.path("int").stringValue()));
        }
        if (value.path("timestamp").isObject()) {
            JsonNode time = value.path("timestamp");
            return new Moment(Instant.ofEpochSecond(
                    Long.parseLong(time.path("s").asString("")), time.path("ns").asInt()));
        }
        throw new IllegalArgumentException("a value of a type that no metadata has");
    }
}
