// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.Locale;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.PropertyDefinition;
import org.openros.worker.realm.RealmReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The classes of a realm as JSON. */
final class SchemaJson {
    private SchemaJson() {}

    static JsonNode of(RealmReader reader) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("version", reader.version());
        ArrayNode classes = node.putArray("classes");
        reader.definitions().forEach(definition -> classes.add(of(definition)));
        return node;
    }

    private static JsonNode of(ClassDefinition definition) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("name", definition.name().toUtf8())
                .put("kind", kind(definition.kind()));
        PrimaryKey primaryKey = definition.primaryKey();
        node.put("primaryKey", primaryKey == null ? null : primaryKey.field().toUtf8());
        ArrayNode properties = node.putArray("properties");
        if (primaryKey != null) {
            properties.addObject()
                    .put("name", primaryKey.field().toUtf8())
                    .put("type", primaryKey.type().notation())
                    .put("collection", "single")
                    .put("nullable", primaryKey.nullable());
        }
        definition.properties().values().forEach(property -> properties.add(of(property)));
        return node;
    }

    private static String kind(TableKind kind) {
        return switch (kind) {
            case TOP_LEVEL -> "topLevel";
            case EMBEDDED -> "embedded";
            case ASYMMETRIC -> "asymmetric";
        };
    }

    private static JsonNode of(PropertyDefinition property) {
        ObjectNode node = JsonNodeFactory.instance.objectNode()
                .put("name", property.name().toUtf8())
                .put("type", property.embedded() ? "embedded" : property.type().notation())
                .put("collection", collection(property.collection()))
                .put("nullable", property.nullable());
        return property.target() == null ? node : node.put("target", property.target().toUtf8());
    }

    private static String collection(CollectionType collection) {
        return collection.name().toLowerCase(Locale.ROOT);
    }
}
