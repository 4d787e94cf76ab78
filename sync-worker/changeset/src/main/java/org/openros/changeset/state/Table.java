// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.state.ApplyException.Reason;

/** A class. Compared by identity: one that was erased and added again is another one, with another number. */
final class Table {
    private static final long HIGH_LIMIT = 1L << 30;
    private static final long LOW_LIMIT = 1L << 32;

    private final int id;
    private final ByteString name;
    private final TableKind kind;
    private final @Nullable PrimaryKey primaryKey;

    private final Map<ByteString, Column> columns = new LinkedHashMap<>();
    private final Map<Integer, Column> columnsById = new HashMap<>();

    /** The number of the next column; numbers are not used again. */
    int nextColumn;
    /** Whether a mixed value of another class ever was a link to this one: then it can never be erased. */
    boolean mixedTarget;
    /** How many columns of other classes link to this one. */
    int inboundColumns;

    boolean erased;

    /**
     * A class without columns.
     *
     * @param primaryKey null if objects have generated keys or the class is embedded
     */
    Table(int id, ByteString name, TableKind kind, @Nullable PrimaryKey primaryKey) {
        this.id = id;
        this.name = name;
        this.kind = kind;
        this.primaryKey = primaryKey;
    }

    int id() {
        return id;
    }

    ByteString name() {
        return name;
    }

    TableKind kind() {
        return kind;
    }

    @Nullable PrimaryKey primaryKey() {
        return primaryKey;
    }

    boolean isEmbedded() {
        return kind == TableKind.EMBEDDED;
    }

    boolean isPrimaryKey(ByteString field) {
        return primaryKey != null && primaryKey.field().equals(field);
    }

    Collection<Column> columns() {
        return columns.values();
    }

    /** A column by its number: also one that was erased, as long as that can be taken back. */
    @Nullable Column columnById(int number) {
        return columnsById.get(number);
    }

    @Nullable Column columnByName(ByteString field) {
        return columns.get(field);
    }

    void add(Column column) {
        columns.put(column.name(), column);
        columnsById.put(column.id(), column);
        column.erased = false;
    }

    /** Takes a column out; objects that are read meanwhile keep its values until it is forgotten. */
    void remove(Column column) {
        columns.remove(column.name());
        column.erased = true;
    }

    /** Makes the removal of a column final. */
    void forget(Column column) {
        columnsById.remove(column.id());
    }

    /** The column of a field that may be written. */
    Column column(ByteString field) {
        Column column = columns.get(field);
        if (column != null) {
            return column;
        }
        throw new ApplyException(isPrimaryKey(field) ? Reason.PRIMARY_KEY_IS_READ_ONLY : Reason.UNKNOWN_FIELD);
    }

    /** Whether an object of this class can have this key. */
    boolean accepts(ObjectKey key) {
        return !isEmbedded() && (primaryKey == null ? isGenerated(key) : isValue(key, primaryKey));
    }

    /** Demands that objects of this class can be addressed, by a key of this form. */
    void checkKey(ObjectKey key) {
        if (isEmbedded()) {
            throw new ApplyException(Reason.EMBEDDED_TABLE);
        }
        if (!accepts(key)) {
            throw new ApplyException(Reason.BAD_KEY);
        }
    }

    private static boolean isGenerated(ObjectKey key) {
        return key instanceof ObjectKey.Global global
                && global.high() >= 0
                && global.high() < HIGH_LIMIT
                && global.low() >= 0
                && global.low() < LOW_LIMIT;
    }

    private static boolean isValue(ObjectKey key, PrimaryKey primaryKey) {
        return key.type() == TypeCode.NULL ? primaryKey.nullable() : key.type() == primaryKey.type();
    }
}
