// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;

/** The values under which the schema is stored. */
final class SchemaCodec {
    private static final int VERSION = 1;
    private static final TableKind[] KINDS = TableKind.values();
    private static final CollectionType[] COLLECTIONS = CollectionType.values();

    private SchemaCodec() {}

    static byte[] encodeMeta(int nextTable) {
        StateWriter out = new StateWriter();
        out.octet(VERSION);
        out.unsigned(nextTable);
        return out.toByteArray();
    }

    /** The number of the next class. */
    static int decodeMeta(byte[] value) {
        StateReader in = new StateReader(value);
        int version = in.octet();
        if (version != VERSION) {
            throw in.corrupt("format " + version + " is not known to this version of the server");
        }
        int nextTable = in.number();
        in.expectEnd();
        return nextTable;
    }

    static byte[] encode(Table table) {
        StateWriter out = new StateWriter();
        out.text(table.name());
        out.octet(table.kind().code());
        PrimaryKey primaryKey = table.primaryKey();
        out.bool(primaryKey != null);
        if (primaryKey != null) {
            out.text(primaryKey.field());
            out.octet(primaryKey.type().code());
            out.bool(primaryKey.nullable());
        }
        out.unsigned(table.nextColumn);
        out.bool(table.mixedTarget);
        return out.toByteArray();
    }

    static Table decodeTable(int id, byte[] value) {
        StateReader in = new StateReader(value);
        ByteString name = in.text();
        TableKind kind = constant(in, KINDS);
        PrimaryKey primaryKey = in.bool() ? new PrimaryKey(in.text(), type(in), in.bool()) : null;
        Table table = new Table(id, name, kind, primaryKey);
        table.nextColumn = in.number();
        table.mixedTarget = in.bool();
        in.expectEnd();
        return table;
    }

    static byte[] encode(Column column) {
        StateWriter out = new StateWriter();
        out.text(column.name());
        out.octet(column.type().code());
        out.bool(column.nullable());
        out.octet(column.collection().code());
        Table target = column.target();
        out.unsigned(target == null ? 0 : target.id() + 1L);
        return out.toByteArray();
    }

    static Column decodeColumn(Schema schema, byte[] key, byte[] value) {
        StateReader in = new StateReader(value);
        Table table = table(schema, StateKeys.tableId(key), in);
        ByteString name = in.text();
        TypeCode type = type(in);
        boolean nullable = in.bool();
        CollectionType collection = constant(in, COLLECTIONS);
        int target = in.number();
        in.expectEnd();
        @Nullable Table linked = target == 0 ? null : table(schema, target - 1, in);
        return new Column(table, StateKeys.columnId(key), name, type, nullable, collection, linked);
    }

    private static Table table(Schema schema, int id, StateReader in) {
        Table table = schema.byId(id);
        if (table == null) {
            throw in.corrupt("column names unknown class " + id);
        }
        return table;
    }

    private static TypeCode type(StateReader in) {
        int code = in.octet();
        TypeCode type = TypeCode.of(code);
        if (type == null) {
            throw in.corrupt("type " + code);
        }
        return type;
    }

    private static <E> E constant(StateReader in, E[] constants) {
        int code = in.octet();
        if (code < 0 || code >= constants.length) {
            throw in.corrupt("code " + code);
        }
        return constants[code];
    }
}
