// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Map;
import org.openros.changeset.ByteString;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the JSON notation of state (changeset format, section 6.3). */
final class StateJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final TargetRules.LinkCheck links;

    StateJson(TargetRules.LinkCheck links) {
        this.links = links;
    }

    /** A class without its objects. */
    ObjectNode table(Table table) {
        ObjectNode node = NODES.objectNode();
        node.put("kind", kind(table.kind()));
        PrimaryKey primaryKey = table.primaryKey();
        if (primaryKey == null) {
            node.putNull("primaryKey");
        } else {
            node.putObject("primaryKey")
                    .put("field", primaryKey.field().toUtf8())
                    .put("type", primaryKey.type().notation())
                    .put("nullable", primaryKey.nullable());
        }
        ObjectNode columns = node.putObject("columns");
        table.columns().forEach(column -> columns.set(column.name().toUtf8(), column(column)));
        return node;
    }

    private static String kind(TableKind kind) {
        return switch (kind) {
            case TOP_LEVEL -> "topLevel";
            case EMBEDDED -> "embedded";
            case ASYMMETRIC -> "asymmetric";
        };
    }

    private static ObjectNode column(Column column) {
        ObjectNode node = NODES.objectNode()
                .put("type", column.type().notation())
                .put("nullable", column.nullable())
                .put("collection", collection(column.collection()));
        Table target = column.target();
        return target == null ? node : node.put("linkTarget", target.name().toUtf8());
    }

    private static String collection(CollectionType collection) {
        return switch (collection) {
            case SINGLE -> "single";
            case LIST -> "list";
            case DICTIONARY -> "dictionary";
            case SET -> "set";
        };
    }

    ObjectNode object(ObjectKey key, Slot.Fields fields) {
        return NODES.objectNode().set("pk", ChangesetJson.write(key)).set("fields", fields(fields));
    }

    private ObjectNode fields(Slot.Fields fields) {
        ObjectNode node = NODES.objectNode();
        for (Column column : fields.table().columns()) {
            node.set(column.name().toUtf8(), slot(fields.get(column)));
        }
        return node;
    }

    private JsonNode slot(Slot slot) {
        return switch (slot) {
            case Slot.Leaf leaf -> value(leaf.value());
            case Slot.Elements list -> {
                ArrayNode elements = NODES.arrayNode(list.size());
                list.slots().forEach(element -> elements.add(slot(element)));
                yield NODES.objectNode().set("list", elements);
            }
            case Slot.Entries dictionary -> {
                ObjectNode entries = NODES.objectNode();
                for (Map.Entry<ByteString, Slot> entry : dictionary.slots().entrySet()) {
                    entries.set(entry.getKey().toUtf8(), slot(entry.getValue()));
                }
                yield NODES.objectNode().set("dictionary", entries);
            }
            case Slot.Members set -> {
                ArrayNode members = NODES.arrayNode(set.values().size());
                set.values().forEach(member -> members.add(value(member)));
                yield NODES.objectNode().set("set", members);
            }
            case Slot.Fields embedded -> NODES.objectNode().set("embedded", fields(embedded));
        };
    }

    private JsonNode value(Value value) {
        JsonNode node = ChangesetJson.write(value);
        if (value instanceof Value.Link link && links.isDangling(link)) {
            ((ObjectNode) node).put("dangling", true);
        }
        return node;
    }
}
