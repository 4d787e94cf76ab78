// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;

/** A realm with every kind of field: what every simulated client's app declares. */
final class SampleSchema {
    static final ByteString OBJECTS = ByteString.of("T");
    static final ByteString KEYLESS = ByteString.of("K");
    private static final ByteString EMBEDDED = ByteString.of("E");

    private final List<Instruction> instructions = new ArrayList<>();

    private SampleSchema() {}

    static Changeset changeset() {
        SampleSchema schema = new SampleSchema();
        schema.tables();
        schema.columns();
        return new Changeset(List.of(), schema.instructions);
    }

    private void tables() {
        PrimaryKey key = new PrimaryKey(ByteString.of("_id"), TypeCode.INT, false);
        instructions.add(new Instruction.AddTable(OBJECTS, TableKind.TOP_LEVEL, key));
        instructions.add(new Instruction.AddTable(KEYLESS, TableKind.TOP_LEVEL, PrimaryKey.NONE));
        instructions.add(new Instruction.AddTable(EMBEDDED, TableKind.EMBEDDED, null));
    }

    private void columns() {
        column(EMBEDDED, "i", TypeCode.INT, CollectionType.SINGLE, null);
        column(EMBEDDED, "li", TypeCode.INT, CollectionType.LIST, null);
        column(KEYLESS, "i", TypeCode.INT, CollectionType.SINGLE, null);
        column(KEYLESS, "li", TypeCode.INT, CollectionType.LIST, null);
        column(OBJECTS, "i", TypeCode.INT, CollectionType.SINGLE, null);
        column(OBJECTS, "m", TypeCode.NULL, CollectionType.SINGLE, null);
        column(OBJECTS, "md", TypeCode.NULL, CollectionType.SINGLE, null);
        column(OBJECTS, "lk", TypeCode.LINK, CollectionType.SINGLE, OBJECTS);
        column(OBJECTS, "li", TypeCode.INT, CollectionType.LIST, null);
        column(OBJECTS, "lm", TypeCode.NULL, CollectionType.LIST, null);
        column(OBJECTS, "di", TypeCode.INT, CollectionType.DICTIONARY, null);
        column(OBJECTS, "si", TypeCode.INT, CollectionType.SET, null);
        column(OBJECTS, "e", TypeCode.LINK, CollectionType.SINGLE, EMBEDDED);
        column(OBJECTS, "le", TypeCode.LINK, CollectionType.LIST, EMBEDDED);
        column(OBJECTS, "de", TypeCode.LINK, CollectionType.DICTIONARY, EMBEDDED);
    }

    private void column(
            ByteString table, String name, TypeCode type, CollectionType collection, @Nullable ByteString target) {
        boolean single = collection == CollectionType.SINGLE;
        boolean nullable = type == TypeCode.NULL || (single && table.equals(OBJECTS)) || (target != null
                && collection == CollectionType.DICTIONARY);
        TypeCode keyType = collection == CollectionType.DICTIONARY ? TypeCode.STRING : null;
        instructions.add(new Instruction.AddColumn(
                table, ByteString.of(name), type, nullable, collection, target, keyType));
    }
}
