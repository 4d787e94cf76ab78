// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.state.ApplyException.Reason;

/** The classes and columns of a realm. All of them are in memory; objects are not. */
final class Schema {
    private final Journal journal;
    private final Map<ByteString, Table> byName = new LinkedHashMap<>();
    private final Map<Integer, Table> byId = new HashMap<>();
    /** What changed since the last drain, with repetitions. */
    private final List<Table> touchedTables = new ArrayList<>();

    private final List<Column> touchedColumns = new ArrayList<>();
    /**
     * The number of the next class. Numbers are not used again, not even if adding a class is taken back: objects are
     * cached by them.
     */
    private int nextTable;

    Schema(Journal journal) {
        this.journal = journal;
    }

    Collection<Table> tables() {
        return byName.values();
    }

    @Nullable Table byName(ByteString name) {
        return byName.get(name);
    }

    /** A class by its number: also one that was erased, as long as that can be taken back. */
    @Nullable Table byId(int id) {
        return byId.get(id);
    }

    Table require(ByteString name) {
        Table table = byName.get(name);
        if (table == null) {
            throw new ApplyException(Reason.UNKNOWN_TABLE);
        }
        return table;
    }

    void addTable(ByteString name, TableKind kind, @Nullable PrimaryKey primaryKey) {
        Table table = new Table(nextTable++, name, kind, primaryKey);
        insert(table);
        journal.onUndo(() -> {
            remove(table);
            byId.remove(table.id());
        });
        touch(table);
    }

    void eraseTable(Table table) {
        remove(table);
        table.columns().forEach(column -> countInbound(column, -1));
        journal.onUndo(() -> {
            insert(table);
            table.columns().forEach(column -> countInbound(column, 1));
        });
        touch(table);
    }

    /** Adds a column that has the next number of its class. */
    void addColumn(Column column) {
        Table table = column.table();
        table.add(column);
        table.nextColumn++;
        countInbound(column, 1);
        journal.onUndo(() -> {
            table.remove(column);
            table.forget(column);
            countInbound(column, -1);
        });
        touch(table);
        touch(column);
    }

    void eraseColumn(Column column) {
        column.table().remove(column);
        countInbound(column, -1);
        journal.onUndo(() -> {
            column.table().add(column);
            countInbound(column, 1);
        });
        touch(column);
    }

    /** Remembers that a mixed value of another class was a link to a class. */
    void rememberMixedLink(Table target) {
        if (!target.mixedTarget) {
            target.mixedTarget = true;
            journal.onUndo(() -> target.mixedTarget = false);
            touch(target);
        }
    }

    private void insert(Table table) {
        byName.put(table.name(), table);
        byId.put(table.id(), table);
        table.erased = false;
    }

    private void remove(Table table) {
        byName.remove(table.name());
        table.erased = true;
    }

    private static void countInbound(Column column, int change) {
        Table target = column.target();
        if (target != null && !target.equals(column.table())) {
            target.inboundColumns += change;
        }
    }

    private void touch(Table table) {
        touchedTables.add(table);
        journal.onUndo(touchedTables::removeLast);
    }

    private void touch(Column column) {
        touchedColumns.add(column);
        journal.onUndo(touchedColumns::removeLast);
    }

    boolean isTouched() {
        return !touchedTables.isEmpty() || !touchedColumns.isEmpty();
    }

    void load(StateAccess base) {
        byte[] meta = base.get(StateKeys.META);
        if (meta == null) {
            return;
        }
        nextTable = SchemaCodec.decodeMeta(meta);
        base.scan(StateKeys.TABLES, new byte[0], (key, value) -> {
            insert(SchemaCodec.decodeTable(StateKeys.tableId(key), value));
            return true;
        });
        base.scan(StateKeys.COLUMNS, new byte[0], (key, value) -> {
            Column column = SchemaCodec.decodeColumn(this, key, value);
            column.table().add(column);
            countInbound(column, 1);
            return true;
        });
    }

    void unload() {
        byName.clear();
        byId.clear();
        nextTable = 0;
    }

    void drainTo(List<StateChange> changes) {
        if (!touchedTables.isEmpty()) {
            changes.add(new StateChange.Put(StateKeys.META, SchemaCodec.encodeMeta(nextTable)));
        }
        for (Table table : new LinkedHashSet<>(touchedTables)) {
            drain(table, changes);
        }
        for (Column column : new LinkedHashSet<>(touchedColumns)) {
            drain(column, changes);
        }
        touchedTables.clear();
        touchedColumns.clear();
    }

    private void drain(Table table, List<StateChange> changes) {
        if (table.erased) {
            byId.remove(table.id());
            changes.add(new StateChange.Delete(StateKeys.table(table)));
            changes.add(new StateChange.DeletePrefix(StateKeys.columns(table)));
            changes.add(new StateChange.DeletePrefix(StateKeys.objects(table)));
        } else {
            changes.add(new StateChange.Put(StateKeys.table(table), SchemaCodec.encode(table)));
        }
    }

    private static void drain(Column column, List<StateChange> changes) {
        if (column.table().erased) {
            return;
        }
        if (column.erased) {
            column.table().forget(column);
            changes.add(new StateChange.Delete(StateKeys.column(column)));
        } else {
            changes.add(new StateChange.Put(StateKeys.column(column), SchemaCodec.encode(column)));
        }
    }
}
