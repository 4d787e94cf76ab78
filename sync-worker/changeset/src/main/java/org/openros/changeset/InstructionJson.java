// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Instruction.PrimaryKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON notation of instructions. */
final class InstructionJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final long MAX_UINT = 0xFFFF_FFFFL;

    private InstructionJson() {}

    static ObjectNode write(Instruction instruction) {
        return switch (instruction) {
            case Instruction.AddTable i -> addTable(i);
            case Instruction.EraseTable i -> start("EraseTable", i);
            case Instruction.CreateObject i -> object("CreateObject", i);
            case Instruction.EraseObject i -> object("EraseObject", i);
            case Instruction.Update i -> update(i);
            case Instruction.AddInteger i -> target("AddInteger", i).put("amount", Long.toString(i.amount()));
            case Instruction.AddColumn i -> addColumn(i);
            case Instruction.EraseColumn i ->
                start("EraseColumn", i).set("field", ValueJson.write(i.field()));
            case Instruction.ArrayInsert i ->
                priorSize(target("ArrayInsert", i).set("value", ValueJson.write(i.value())), i.priorSize());
            case Instruction.ArrayMove i ->
                priorSize(target("ArrayMove", i).set("to", number(i.to())), i.priorSize());
            case Instruction.ArrayErase i -> priorSize(target("ArrayErase", i), i.priorSize());
            case Instruction.Clear i -> target("Clear", i).put("collection", JsonMembers.notation(i.collection()));
            case Instruction.SetInsert i -> target("SetInsert", i).set("value", ValueJson.write(i.value()));
            case Instruction.SetErase i -> target("SetErase", i).set("value", ValueJson.write(i.value()));
        };
    }

    private static ObjectNode addTable(Instruction.AddTable i) {
        ObjectNode node = start("AddTable", i).put("kind", JsonMembers.notation(i.kind()));
        PrimaryKey key = i.primaryKey();
        if (key != null) {
            node.set("pkField", ValueJson.write(key.field()));
            node.put("pkType", key.type().notation()).put("pkNullable", key.nullable());
        }
        return node;
    }

    private static ObjectNode addColumn(Instruction.AddColumn i) {
        ObjectNode node = start("AddColumn", i).set("field", ValueJson.write(i.field()));
        node.put("type", i.type().notation())
                .put("nullable", i.nullable())
                .put("collection", JsonMembers.notation(i.collection()));
        ByteString linkTarget = i.linkTarget();
        if (linkTarget != null) {
            node.set("linkTarget", ValueJson.write(linkTarget));
        }
        TypeCode keyType = i.keyType();
        if (keyType != null) {
            node.put("keyType", keyType.notation());
        }
        return node;
    }

    private static ObjectNode update(Instruction.Update i) {
        ObjectNode node = target("Update", i).set("value", ValueJson.write(i.value()));
        return i.isElement() ? priorSize(node, i.priorSize()) : node.put("default", i.isDefault());
    }

    private static ObjectNode start(String op, Instruction i) {
        return NODES.objectNode().put("op", op).set("table", ValueJson.write(i.table()));
    }

    private static ObjectNode object(String op, Instruction.OnObject i) {
        return start(op, i).set("pk", ValueJson.write(i.key()));
    }

    private static ObjectNode target(String op, Instruction.OnPath i) {
        ArrayNode path = NODES.arrayNode(i.path().size());
        for (PathElement element : i.path()) {
            path.add(
                    switch (element) {
                        case PathElement.Index index -> number(index.value());
                        case PathElement.Key key -> ValueJson.write(key.name());
                    });
        }
        return object(op, i).set("field", ValueJson.write(i.field())).set("path", path);
    }

    private static ObjectNode priorSize(ObjectNode node, long priorSize) {
        return node.set("priorSize", number(priorSize));
    }

    /** The node that a JSON parser would make of the number. */
    private static JsonNode number(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    static Instruction read(JsonNode node) {
        String op = JsonMembers.string(node, "op");
        ByteString table = name(node, "table");
        return switch (op) {
            case "AddTable" -> readAddTable(node, table);
            case "EraseTable" -> new Instruction.EraseTable(table);
            case "CreateObject" -> new Instruction.CreateObject(table, key(node));
            case "EraseObject" -> new Instruction.EraseObject(table, key(node));
            case "AddColumn" -> readAddColumn(node, table);
            case "EraseColumn" -> new Instruction.EraseColumn(table, name(node, "field"));
            default -> onPath(op, node, table);
        };
    }

    private static Instruction onPath(String op, JsonNode node, ByteString table) {
        ObjectKey key = key(node);
        ByteString field = name(node, "field");
        List<PathElement> path = JsonMembers.list(node, "path", InstructionJson::pathElement);
        return switch (op) {
            case "Update" -> readUpdate(node, table, key, field, path);
            case "AddInteger" ->
                new Instruction.AddInteger(
                        table, key, field, path, JsonMembers.signed(JsonMembers.member(node, "amount")));
            case "ArrayInsert" ->
                new Instruction.ArrayInsert(table, key, field, element(path), value(node), uint(node, "priorSize"));
            case "ArrayMove" ->
                new Instruction.ArrayMove(
                        table, key, field, element(path), uint(node, "to"), uint(node, "priorSize"));
            case "ArrayErase" ->
                new Instruction.ArrayErase(table, key, field, element(path), uint(node, "priorSize"));
            case "Clear" ->
                new Instruction.Clear(
                        table, key, field, path, JsonMembers.constant(node, "collection", CollectionType.values()));
            case "SetInsert" -> new Instruction.SetInsert(table, key, field, path, value(node));
            case "SetErase" -> new Instruction.SetErase(table, key, field, path, value(node), null);
            default -> throw new NotationException("unknown op: " + JsonMembers.shortened(op));
        };
    }

    private static Instruction readAddTable(JsonNode node, ByteString table) {
        TableKind kind = JsonMembers.constant(node, "kind", TableKind.values());
        if (kind == TableKind.EMBEDDED) {
            return new Instruction.AddTable(table, kind, null);
        }
        TypeCode type = type(node, "pkType");
        if (!type.isPrimaryKeyType()) {
            throw new NotationException("a primary key cannot be of type " + type.notation());
        }
        return new Instruction.AddTable(
                table, kind, new PrimaryKey(name(node, "pkField"), type, JsonMembers.bool(node, "pkNullable")));
    }

    private static Instruction readAddColumn(JsonNode node, ByteString table) {
        TypeCode type = type(node, "type");
        CollectionType collection = JsonMembers.constant(node, "collection", CollectionType.values());
        @Nullable ByteString linkTarget = type == TypeCode.LINK ? name(node, "linkTarget") : null;
        @Nullable TypeCode keyType = collection == CollectionType.DICTIONARY ? type(node, "keyType") : null;
        boolean nullable = JsonMembers.bool(node, "nullable");
        return new Instruction.AddColumn(
                table, name(node, "field"), type, nullable, collection, linkTarget, keyType);
    }

    private static Instruction readUpdate(
            JsonNode node, ByteString table, ObjectKey key, ByteString field, List<PathElement> path) {
        boolean onElement = !path.isEmpty() && path.getLast() instanceof PathElement.Index;
        long priorSize = onElement ? uint(node, "priorSize") : 0;
        boolean isDefault = !onElement && JsonMembers.bool(node, "default");
        return new Instruction.Update(table, key, field, path, value(node), priorSize, isDefault);
    }

    private static TypeCode type(JsonNode node, String name) {
        String text = JsonMembers.string(node, name);
        for (TypeCode type : TypeCode.values()) {
            if (type.notation().equals(text)) {
                return type;
            }
        }
        throw new NotationException("unknown type: " + JsonMembers.shortened(text));
    }

    private static PathElement pathElement(JsonNode node) {
        return node.isNumber()
                ? new PathElement.Index(JsonMembers.number(node, 0, MAX_UINT))
                : new PathElement.Key(ValueJson.readName(node));
    }

    private static List<PathElement> element(List<PathElement> path) {
        if (path.isEmpty() || !(path.getLast() instanceof PathElement.Index)) {
            throw new NotationException("the path of a list instruction must end in an index");
        }
        return path;
    }

    private static ByteString name(JsonNode node, String member) {
        return ValueJson.readName(JsonMembers.member(node, member));
    }

    private static ObjectKey key(JsonNode node) {
        return ValueJson.readKey(JsonMembers.member(node, "pk"));
    }

    private static Value value(JsonNode node) {
        return ValueJson.readValue(JsonMembers.member(node, "value"));
    }

    private static long uint(JsonNode node, String member) {
        return JsonMembers.number(node, member, 0, MAX_UINT);
    }
}
