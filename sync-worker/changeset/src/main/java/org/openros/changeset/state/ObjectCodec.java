// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.Value;

/**
 * The value under which one object is stored, embedded objects and all: a version, the key if the key of the store does
 * not hold it, and the fields that were set, by the numbers of their columns. Classes are numbers too. Fields of
 * columns that were erased are skipped when reading and gone with the next write.
 */
final class ObjectCodec {
    /** Deeper nesting than any path leads to. */
    static final int MAX_DEPTH = 1_024;

    private static final int VERSION = 1;

    private static final int NULL = 0;
    private static final int INT = 1;
    private static final int FALSE = 2;
    private static final int TRUE = 3;
    private static final int STRING = 4;
    private static final int BINARY = 5;
    private static final int TIMESTAMP = 6;
    private static final int FLOAT = 7;
    private static final int DOUBLE = 8;
    private static final int DECIMAL = 9;
    private static final int LINK = 10;
    private static final int OBJECT_ID = 11;
    private static final int UUID = 12;
    private static final int LIST = 13;
    private static final int DICTIONARY = 14;
    private static final int SET = 15;
    private static final int EMBEDDED = 16;

    /** Stands for the class of an embedded object that is skipped. */
    private static final Table ERASED = new Table(0, ByteString.EMPTY, TableKind.EMBEDDED, null);

    private final Schema schema;

    ObjectCodec(Schema schema) {
        this.schema = schema;
    }

    /** An object as it was stored. */
    record Stored(ObjectKey key, Slot.Fields fields) {}

    byte[] encode(ObjectKey key, Slot.Fields fields) {
        StateWriter out = new StateWriter();
        out.octet(VERSION);
        boolean withKey = StateKeys.isCut(key);
        out.bool(withKey);
        if (withKey) {
            out.key(key);
        }
        write(fields, out);
        return out.toByteArray();
    }

    private void write(Slot.Fields fields, StateWriter out) {
        int count = 0;
        for (Column column : fields.slots().keySet()) {
            count += column.erased ? 0 : 1;
        }
        out.unsigned(count);
        for (Map.Entry<Column, Slot> field : fields.slots().entrySet()) {
            if (!field.getKey().erased) {
                out.unsigned(field.getKey().id());
                write(field.getValue(), out);
            }
        }
    }

    private void write(Slot slot, StateWriter out) {
        switch (slot) {
            case Slot.Leaf leaf -> write(leaf.value(), out);
            case Slot.Elements list -> {
                out.octet(LIST);
                out.unsigned(list.size());
                list.slots().forEach(element -> write(element, out));
            }
            case Slot.Entries dictionary -> {
                out.octet(DICTIONARY);
                out.unsigned(dictionary.slots().size());
                for (Map.Entry<ByteString, Slot> entry : dictionary.slots().entrySet()) {
                    out.text(entry.getKey());
                    write(entry.getValue(), out);
                }
            }
            case Slot.Members set -> {
                out.octet(SET);
                out.unsigned(set.values().size());
                for (Value value : set.values()) {
                    write(value, out);
                }
            }
            case Slot.Fields embedded -> {
                out.octet(EMBEDDED);
                out.unsigned(embedded.table().id());
                write(embedded, out);
            }
        }
    }

    private void write(Value value, StateWriter out) {
        switch (value) {
            case Value.Marker v when v == Value.Marker.NULL -> out.octet(NULL);
            case Value.Marker v -> throw new IllegalStateException("not a stored value: " + v);
            case Value.Int v -> {
                out.octet(INT);
                out.signed(v.value());
            }
            case Value.Bool v -> out.octet(v.value() ? TRUE : FALSE);
            case Value.Str v -> {
                out.octet(STRING);
                out.text(v.value());
            }
            case Value.Binary v -> {
                out.octet(BINARY);
                out.text(v.value());
            }
            case Value.Timestamp v -> {
                out.octet(TIMESTAMP);
                out.signed(v.seconds());
                out.signed(v.nanoseconds());
            }
            case Value.Float v -> {
                out.octet(FLOAT);
                out.int32(v.bits());
            }
            case Value.Double v -> {
                out.octet(DOUBLE);
                out.int64(v.bits());
            }
            case Value.Decimal v -> write(v, out);
            case Value.Link v -> {
                out.octet(LINK);
                out.unsigned(schema.require(v.table()).id());
                out.key(v.key());
            }
            case Value.Oid v -> {
                out.octet(OBJECT_ID);
                out.objectId(v.value());
            }
            case Value.Uuid v -> {
                out.octet(UUID);
                out.uuid(v.value());
            }
        }
    }

    private static void write(Value.Decimal decimal, StateWriter out) {
        out.octet(DECIMAL);
        out.signed(decimal.exponent());
        out.bool(decimal.negative());
        out.block(decimal.coefficient().toByteArray());
    }

    /**
     * Reads a stored object.
     *
     * @throws IllegalStateException if the value is corrupt
     */
    Stored decode(Table table, byte[] stateKey, byte[] value) {
        StateReader in = new StateReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw in.corrupt("format " + version);
        }
        ObjectKey key = in.bool() ? in.key() : StateKeys.objectKey(stateKey);
        if (key == null) {
            throw in.corrupt("no key");
        }
        Slot.Fields fields = new Slot.Fields(table);
        readFields(fields, table, in, 0);
        in.expectEnd();
        return new Stored(key, fields);
    }

    /**
     * Reads fields.
     *
     * @param table null to skip all, because the class was erased
     */
    private void readFields(Slot.Fields fields, @Nullable Table table, StateReader in, int depth) {
        for (int left = in.count(); left > 0; left--) {
            int id = in.number();
            Column column = table == null ? null : table.columnById(id);
            Slot slot = readSlot(in, depth + 1, column != null);
            if (column != null) {
                fields.slots().put(column, slot);
            }
        }
    }

    private Slot readSlot(StateReader in, int depth, boolean alive) {
        if (depth > MAX_DEPTH) {
            throw in.corrupt("nested too deeply");
        }
        int tag = in.octet();
        return switch (tag) {
            case LIST -> readList(in, depth, alive);
            case DICTIONARY -> readDictionary(in, depth, alive);
            case SET -> readSet(in, alive);
            case EMBEDDED -> readEmbedded(in, depth, alive);
            case NULL -> Slot.NULL;
            default -> new Slot.Leaf(readValue(in, tag, alive));
        };
    }

    private Slot readList(StateReader in, int depth, boolean alive) {
        Slot.Elements list = new Slot.Elements();
        SlotList slots = list.slots();
        for (int left = in.count(); left > 0; left--) {
            slots.add(readSlot(in, depth + 1, alive));
        }
        return list;
    }

    private Slot readDictionary(StateReader in, int depth, boolean alive) {
        Slot.Entries dictionary = new Slot.Entries();
        Map<ByteString, Slot> slots = dictionary.slots();
        for (int left = in.count(); left > 0; left--) {
            ByteString key = in.text();
            slots.put(key, readSlot(in, depth + 1, alive));
        }
        return dictionary;
    }

    private Slot readSet(StateReader in, boolean alive) {
        Slot.Members set = new Slot.Members();
        for (int left = in.count(); left > 0; left--) {
            set.values().add(readValue(in, in.octet(), alive));
        }
        return set;
    }

    private Slot readEmbedded(StateReader in, int depth, boolean alive) {
        int id = in.number();
        Table table = alive ? schema.byId(id) : null;
        if (alive && table == null) {
            throw in.corrupt("object of unknown class " + id);
        }
        Slot.Fields fields = new Slot.Fields(table == null ? ERASED : table);
        readFields(fields, table, in, depth);
        return fields;
    }

    private Value readValue(StateReader in, int tag, boolean alive) {
        return switch (tag) {
            case NULL -> Value.Marker.NULL;
            case INT -> new Value.Int(in.signed());
            case FALSE -> new Value.Bool(false);
            case TRUE -> new Value.Bool(true);
            case STRING -> new Value.Str(in.text());
            case BINARY -> new Value.Binary(in.text());
            case TIMESTAMP -> new Value.Timestamp(in.signed(), (int) in.signed());
            case FLOAT -> new Value.Float(in.int32());
            case DOUBLE -> new Value.Double(in.int64());
            case DECIMAL -> readDecimal(in);
            case LINK -> readLink(in, alive);
            case OBJECT_ID -> new Value.Oid(in.objectId());
            case UUID -> new Value.Uuid(in.uuid());
            default -> throw in.corrupt("value of kind " + tag);
        };
    }

    private static Value readDecimal(StateReader in) {
        int exponent = (int) in.signed();
        boolean negative = in.bool();
        byte[] coefficient = in.text().toByteArray();
        if (coefficient.length == 0 || coefficient[0] < 0) {
            throw in.corrupt("decimal");
        }
        return new Value.Decimal(new BigInteger(coefficient), exponent, negative);
    }

    private Value readLink(StateReader in, boolean alive) {
        int id = in.number();
        Table table = schema.byId(id);
        if (alive && table == null) {
            throw in.corrupt("link to unknown class " + id);
        }
        return new Value.Link(table == null ? ByteString.EMPTY : table.name(), in.key());
    }
}
