// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.PropertyDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects as JSON, both ways: the properties by name, {@code $key} with the key as it stands in addresses. A link is
 * {@code {"$ref": class, "$id": key}}. Collections inside of mixed values look like others.
 */
final class ObjectJson {
    static final String KEY = "$key";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String CLASS_OF_LINK = "$ref";
    private static final String KEY_OF_LINK = "$id";
    private static final int DEEPEST = 100;
    private static final PropertyDefinition ANYTHING =
            new PropertyDefinition(ByteString.EMPTY, TypeCode.NULL, CollectionType.SINGLE, true, null, false);

    private final Classes classes;

    ObjectJson(Classes classes) {
        this.classes = classes;
    }

    // --- writing ------------------------------------------------------------------------------------------------

    ObjectNode write(ClassDefinition definition, ObjectKey key, SortedMap<String, Content> fields) {
        ObjectNode node = NODES.objectNode().put(KEY, Keys.text(key));
        PrimaryKey primaryKey = definition.primaryKey();
        if (primaryKey != null) {
            node.set(primaryKey.field().toUtf8(), Keys.write(key));
        }
        return fields(node, definition, fields);
    }

    private ObjectNode fields(ObjectNode node, ClassDefinition definition, SortedMap<String, Content> fields) {
        for (PropertyDefinition property : definition.properties().values()) {
            String name = property.name().toUtf8();
            node.set(name, write(fields.getOrDefault(name, Content.NULL), property));
        }
        return node;
    }

    JsonNode write(Content content, PropertyDefinition property) {
        return switch (content) {
            case Content.Scalar(Value value) -> write(value, property.type());
            case Content.Elements(List<Content> elements) -> {
                ArrayNode node = NODES.arrayNode(elements.size());
                elements.forEach(element -> node.add(write(element, property)));
                yield node;
            }
            case Content.Members(List<Value> members) -> {
                ArrayNode node = NODES.arrayNode(members.size());
                members.forEach(member -> node.add(write(member, property.type())));
                yield node;
            }
            case Content.Entries(SortedMap<String, Content> entries) -> {
                ObjectNode node = NODES.objectNode();
                entries.forEach((name, entry) -> node.set(name, write(entry, property)));
                yield node;
            }
            case Content.Embedded(SortedMap<String, Content> fields) ->
                fields(NODES.objectNode(), classes.target(property.target()), fields);
        };
    }

    /** A value or a link; a column of {@link TypeCode#NULL} makes it tell its type. */
    static JsonNode write(Value value, TypeCode column) {
        return value instanceof Value.Link link
                ? NODES.objectNode()
                        .put(CLASS_OF_LINK, link.table().toUtf8())
                        .set(KEY_OF_LINK, Keys.write(link.key()))
                : ExtendedJson.write(value, column);
    }

    // --- reading ------------------------------------------------------------------------------------------------

    /**
     * The properties that an object of JSON names; those of the key are left out.
     *
     * @throws Misfit if one is not of the class, or its value does not fit
     */
    SortedMap<String, Content> read(ClassDefinition definition, JsonNode object) {
        SortedMap<String, Content> fields = new TreeMap<>();
        for (var member : object.properties()) {
            String name = member.getKey();
            ByteString field = ByteString.of(name);
            PropertyDefinition property = definition.properties().get(field);
            if (property != null) {
                fields.put(name, at(name, () -> read(property, member.getValue())));
            } else if (!name.equals(KEY) && !definition.isPrimaryKey(field)) {
                throw new Misfit(name, "is not a property of the class '" + definition.name() + "'");
            }
        }
        return fields;
    }

    private static <T> T at(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (Misfit misfit) {
            throw misfit.in(place);
        }
    }

    /** The content of a whole property. */
    Content read(PropertyDefinition property, JsonNode node) {
        return switch (property.collection()) {
            case SINGLE -> element(property, node, DEEPEST);
            case LIST -> {
                requireArray(node);
                yield elements(property, node, DEEPEST);
            }
            case SET -> {
                requireArray(node);
                yield new Content.Members(members(property, node));
            }
            case DICTIONARY -> {
                requireObject(node);
                yield entries(property, node, DEEPEST);
            }
        };
    }

    private static void requireArray(JsonNode node) {
        if (!node.isArray()) {
            throw new Misfit("", "must be an array");
        }
    }

    private static void requireObject(JsonNode node) {
        if (!node.isObject()) {
            throw new Misfit("", "must be an object");
        }
    }

    private Content elements(PropertyDefinition property, JsonNode array, int depth) {
        List<Content> elements = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            elements.add(at("[" + elements.size() + "]", () -> element(property, element, depth)));
        }
        return new Content.Elements(elements);
    }

    private List<Value> members(PropertyDefinition property, JsonNode array) {
        List<Value> members = new ArrayList<>(array.size());
        for (JsonNode member : array) {
            members.add(at("[" + members.size() + "]", () -> scalar(property, member)));
        }
        return members;
    }

    private Content entries(PropertyDefinition property, JsonNode object, int depth) {
        SortedMap<String, Content> entries = new TreeMap<>();
        for (var entry : object.properties()) {
            String name = entry.getKey();
            if (name.startsWith("$") || name.indexOf('.') >= 0) {
                throw new Misfit(name, "cannot be a key of a dictionary: no leading $, no dot");
            }
            ExtendedJson.text(name);
            entries.put(name, at(name, () -> element(property, entry.getValue(), depth)));
        }
        return new Content.Entries(entries);
    }

    /** The content of one value, or of one element of a collection. */
    private Content element(PropertyDefinition property, JsonNode node, int depth) {
        if (depth == 0) {
            throw new Misfit("", "is nested too deep");
        }
        if (property.embedded() && !node.isNull()) {
            requireObject(node);
            return embedded(property, node);
        }
        if (property.type() == TypeCode.NULL && node.isArray()) {
            return elements(property, node, depth - 1);
        }
        if (property.type() == TypeCode.NULL && isDictionary(node)) {
            return entries(property, node, depth - 1);
        }
        return new Content.Scalar(scalar(property, node));
    }

    /** An object without a name that begins with a dollar sign: those are values of extended JSON. */
    private static boolean isDictionary(JsonNode node) {
        return node.isObject() && node.propertyNames().stream().noneMatch(name -> name.startsWith("$"));
    }

    private Content embedded(PropertyDefinition property, JsonNode node) {
        ClassDefinition target = classes.target(property.target());
        SortedMap<String, Content> fields = defaults(target);
        fields.putAll(read(target, node));
        return new Content.Embedded(fields);
    }

    private Value scalar(PropertyDefinition property, JsonNode node) {
        if (node.isNull()) {
            if (!property.nullable()) {
                throw new Misfit("", "must not be null");
            }
            return Value.Marker.NULL;
        }
        if (node.has(CLASS_OF_LINK)) {
            return link(property, node);
        }
        if (property.type() == TypeCode.LINK) {
            throw new Misfit("", "must be a link: {\"$ref\": class, \"$id\": key}");
        }
        return ExtendedJson.read(node, property.type());
    }

    /** A value of any type, which tells its type itself. */
    Value literal(JsonNode node) {
        return scalar(ANYTHING, node);
    }

    private Value link(PropertyDefinition property, JsonNode node) {
        if (property.type() != TypeCode.LINK && property.type() != TypeCode.NULL) {
            throw new Misfit("", "is a link but must be " + property.type().notation());
        }
        ByteString name = ByteString.of(node.path(CLASS_OF_LINK).asString(""));
        ClassDefinition target = classes.find(name);
        if (target == null || target.isEmbedded()) {
            throw new Misfit("", "links to '" + name + "', which is no class that can be linked to");
        }
        if (property.target() != null && !property.target().equals(name)) {
            throw new Misfit("", "links to '" + name + "' but must link to '" + property.target() + "'");
        }
        return new Value.Link(name, at(KEY_OF_LINK, () -> Keys.read(target, node.path(KEY_OF_LINK))));
    }

    /** What a new object has. */
    static SortedMap<String, Content> defaults(ClassDefinition definition) {
        SortedMap<String, Content> fields = new TreeMap<>();
        definition.properties().forEach((name, property) -> fields.put(name.toUtf8(), initial(property)));
        return fields;
    }

    private static Content initial(PropertyDefinition property) {
        return switch (property.collection()) {
            case LIST -> new Content.Elements(List.of());
            case SET -> new Content.Members(List.of());
            case DICTIONARY -> new Content.Entries(new TreeMap<>());
            case SINGLE -> property.nullable() ? Content.NULL : new Content.Scalar(Value.zero(property.type()));
        };
    }
}
