// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectId;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import tools.jackson.databind.JsonNode;

/** Changesets about a few classes, fields and objects: most of them apply, some do not. */
final class RandomChangesets {
    private static final TypeCode[] COLUMN_TYPES = {
        TypeCode.NULL, TypeCode.NULL, TypeCode.INT, TypeCode.STRING, TypeCode.DOUBLE, TypeCode.DECIMAL, TypeCode.LINK,
        TypeCode.LINK, TypeCode.BINARY, TypeCode.TIMESTAMP, TypeCode.UUID, TypeCode.OBJECT_ID, TypeCode.BOOL,
        TypeCode.FLOAT
    };

    private final Random random;

    RandomChangesets(Random random) {
        this.random = random;
    }

    /** Top-level, keyless and embedded classes. */
    Changeset schema() {
        List<Instruction> schema = new ArrayList<>();
        schema.add(new Instruction.AddTable(
                name("A"), TableKind.TOP_LEVEL, new PrimaryKey(name("_id"), TypeCode.INT, true)));
        schema.add(new Instruction.AddTable(
                name("B"), TableKind.TOP_LEVEL, new PrimaryKey(name("_id"), TypeCode.STRING, false)));
        schema.add(new Instruction.AddTable(name("G"), TableKind.TOP_LEVEL, PrimaryKey.NONE));
        schema.add(new Instruction.AddTable(name("E"), TableKind.EMBEDDED, null));
        schema.add(new Instruction.AddTable(name("X"), TableKind.TOP_LEVEL, PrimaryKey.NONE));
        return new Changeset(List.of(), schema);
    }

    /** A column, which may be in conflict with another one. */
    Changeset column() {
        return new Changeset(List.of(), List.of(addColumn()));
    }

    Changeset next(ObjectState state) {
        List<Instruction> instructions = new ArrayList<>();
        for (int i = Math.max(0, random.nextInt(6) - 3); i >= 0; i--) {
            instructions.add(instruction(state));
        }
        return new Changeset(List.of(), instructions);
    }

    private Instruction instruction(ObjectState state) {
        ByteString table = name(pick("A", "B", "G"));
        return switch (random.nextInt(60)) {
            case 0 -> new Instruction.EraseTable(name(pick("A", "B", "G", "E", "X", "X", "X", "X", "X")));
            case 1 -> schema().instructions().get(random.nextInt(5));
            case 2, 16, 17, 18 -> addColumn();
            case 3 -> new Instruction.EraseColumn(name(pick("A", "B", "G", "E")), field());
            case 4, 5, 6 -> new Instruction.EraseObject(table, key(table));
            case 7, 8, 9, 10, 11, 12, 13, 14 -> new Instruction.CreateObject(table, key(table));
            default -> onPath(state, table);
        };
    }

    private Instruction onPath(ObjectState state, ByteString table) {
        ObjectKey key = key(table);
        if (!state.hasObject(table, key)) {
            return new Instruction.CreateObject(table, key);
        }
        List<PathElement> path = new ArrayList<>();
        Place place = Place.random(state, table, key, field(), path, random);
        ByteString field = place.field();
        JsonNode column = state.toJson().at("/tables/" + table + "/columns/" + field);
        Value value = random.nextInt(4) == 0 ? value() : fitting(column.path("type").asString("mixed"), place);
        return switch (column.path("collection").asString("single")) {
            case "set" ->
                random.nextBoolean()
                        ? new Instruction.SetInsert(table, key, field, path, value)
                        : new Instruction.SetErase(table, key, field, path, value, null);
            case "single" ->
                random.nextInt(4) == 0
                        ? new Instruction.AddInteger(table, key, field, path, random.nextInt(9))
                        : onCollection(table, key, place, value);
            default -> onCollection(table, key, place, value);
        };
    }

    private Instruction onCollection(ByteString table, ObjectKey key, Place place, Value value) {
        ByteString field = place.field();
        return switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                new Instruction.ArrayInsert(table, key, field, place.indexed(), value, place.size());
            case 3 ->
                new Instruction.ArrayMove(table, key, field, place.indexed(), random.nextInt(4), place.size());
            case 4 -> new Instruction.ArrayErase(table, key, field, place.indexed(), place.size());
            case 5 -> new Instruction.Clear(table, key, field, place.path(), pick(CollectionType.class));
            default -> new Instruction.Update(table, key, field, place.path(), value, place.size(), false);
        };
    }

    /** A value that a column of a type takes, more often than not. */
    private Value fitting(String type, Place place) {
        for (int attempt = 0; attempt < 200; attempt++) {
            Value value = value();
            TypeCode wanted = place.leadsToEmbedded() ? TypeCode.OBJECT_VALUE : value.type();
            boolean fits = wanted == value.type() && (place.leadsToEmbedded() || wanted.notation().equals(type));
            if (fits || type.equals("mixed")) {
                return value;
            }
        }
        return Value.Marker.NULL;
    }

    private Instruction addColumn() {
        TypeCode type = COLUMN_TYPES[random.nextInt(COLUMN_TYPES.length)];
        CollectionType collection = pick(CollectionType.class);
        boolean isEmbedded = random.nextBoolean() && collection != CollectionType.SET;
        return new Instruction.AddColumn(
                name(pick("A", "B", "G", "E")),
                field(),
                type,
                random.nextBoolean(),
                collection,
                type == TypeCode.LINK ? name(isEmbedded ? "E" : pick("A", "B", "G")) : null,
                collection == CollectionType.DICTIONARY ? TypeCode.STRING : null);
    }

    private ObjectKey key(ByteString table) {
        int number = random.nextInt(4);
        return switch (table.toUtf8()) {
            case "A" -> number == 0 ? ObjectKey.Null.KEY : new ObjectKey.Int(number - 2);
            case "B" -> new ObjectKey.Str(name(number == 0 ? "long".repeat(200) : "k" + number));
            default -> new ObjectKey.Global(number + 1, 7);
        };
    }

    Value value() {
        int number = random.nextInt(4) - 1;
        return switch (random.nextInt(20)) {
            case 0 -> Value.Marker.NULL;
            case 1, 2 -> Value.Marker.OBJECT;
            case 3 -> Value.Marker.LIST;
            case 4 -> Value.Marker.DICTIONARY;
            case 5 -> Value.Marker.ERASED;
            case 6 -> new Value.Str(name("s" + number));
            case 7 -> new Value.Binary(name("b" + number));
            case 8 -> new Value.Double(Double.doubleToRawLongBits(number / 2.0));
            case 9 -> new Value.Float(Float.floatToRawIntBits(number));
            case 10 -> new Value.Decimal(BigInteger.valueOf(Math.abs(number) * 10L), -1, number < 0);
            case 11 -> new Value.Timestamp(number, number);
            case 12 -> new Value.Uuid(new UUID(number, 5));
            case 13 -> new Value.Oid(new ObjectId(number, 5));
            case 14 -> new Value.Bool(number == 0);
            case 15, 16, 17 -> {
                ByteString table = name(pick("A", "B", "G"));
                yield new Value.Link(table, key(table));
            }
            default -> new Value.Int(number);
        };
    }

    private ByteString field() {
        return name("f" + random.nextInt(12));
    }

    private <E extends Enum<E>> E pick(Class<E> type) {
        E[] constants = type.getEnumConstants();
        return constants[random.nextInt(constants.length)];
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    static ByteString name(String text) {
        return ByteString.of(text);
    }
}
