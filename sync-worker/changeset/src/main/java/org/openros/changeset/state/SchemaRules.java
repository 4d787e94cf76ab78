// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.AddColumn;
import org.openros.changeset.Instruction.AddTable;
import org.openros.changeset.Instruction.EraseColumn;
import org.openros.changeset.Instruction.EraseTable;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.state.ApplyException.Reason;

/**
 * What the schema instructions do (changeset format, section 2.6). Stricter than clients where they ignore what later
 * stops them: another key type, or a class without primary key in place of one that has it.
 */
final class SchemaRules {
    private static final int MAX_CLASS_NAME = 57;
    private static final int MAX_FIELD_NAME = 63;

    private final Schema schema;

    SchemaRules(Schema schema) {
        this.schema = schema;
    }

    void apply(AddTable i) {
        PrimaryKey primaryKey = primaryKey(i);
        Table existing = schema.byName(i.table());
        if (existing != null) {
            demand(isSame(existing, i.kind(), primaryKey), Reason.SCHEMA_CONFLICT);
            return;
        }
        demand(i.table().length() <= MAX_CLASS_NAME, Reason.NAME_TOO_LONG);
        demand(primaryKey == null || primaryKey.field().length() <= MAX_FIELD_NAME, Reason.NAME_TOO_LONG);
        schema.addTable(i.table(), i.kind(), primaryKey);
    }

    private static @Nullable PrimaryKey primaryKey(AddTable i) {
        PrimaryKey primaryKey = i.primaryKey();
        return primaryKey == null || primaryKey.type() == TypeCode.GLOBAL_KEY ? null : primaryKey;
    }

    private static boolean isSame(Table existing, TableKind kind, @Nullable PrimaryKey primaryKey) {
        if (kind == TableKind.EMBEDDED || existing.isEmbedded()) {
            return kind == existing.kind();
        }
        PrimaryKey present = existing.primaryKey();
        if (primaryKey == null || present == null) {
            return primaryKey == null && present == null;
        }
        return primaryKey.equals(present) && kind == existing.kind();
    }

    void apply(EraseTable i) {
        Table table = schema.require(i.table());
        demand(table.inboundColumns == 0 && !table.mixedTarget, Reason.TABLE_IS_LINK_TARGET);
        schema.eraseTable(table);
    }

    void apply(AddColumn i) {
        Table table = schema.require(i.table());
        demand(i.type().isColumnType(), Reason.BAD_COLUMN_TYPE);
        if (table.isPrimaryKey(i.field())) {
            demand(isPrimaryKey(table, i), Reason.SCHEMA_CONFLICT);
            return;
        }
        Column existing = table.columnByName(i.field());
        if (existing != null) {
            demand(isSame(existing, i), Reason.SCHEMA_CONFLICT);
            return;
        }
        demand(i.field().length() <= MAX_FIELD_NAME, Reason.NAME_TOO_LONG);
        demand(
                i.collection() != CollectionType.DICTIONARY || i.keyType() == TypeCode.STRING,
                Reason.BAD_COLUMN_DEFINITION);
        Table target = linkTarget(i);
        schema.addColumn(new Column(
                table, table.nextColumn, i.field(), i.type(), i.nullable(), i.collection(), target));
    }

    private static boolean isPrimaryKey(Table table, AddColumn i) {
        PrimaryKey primaryKey = table.primaryKey();
        return primaryKey != null && primaryKey.type() == i.type() && i.collection() == CollectionType.SINGLE;
    }

    private static boolean isSame(Column existing, AddColumn i) {
        Table target = existing.target();
        return existing.type() == i.type()
                && existing.collection() == i.collection()
                && (target == null || Objects.equals(target.name(), i.linkTarget()));
    }

    private @Nullable Table linkTarget(AddColumn i) {
        if (i.type() != TypeCode.LINK) {
            return null;
        }
        ByteString name = i.linkTarget();
        if (name == null || name.length() == 0) {
            throw new ApplyException(Reason.BAD_COLUMN_DEFINITION);
        }
        Table target = schema.require(name);
        demand(target.kind() != TableKind.ASYMMETRIC, Reason.ASYMMETRIC_LINK);
        demand(!target.isEmbedded() || i.collection() != CollectionType.SET, Reason.BAD_COLUMN_DEFINITION);
        return target;
    }

    void apply(EraseColumn i) {
        schema.eraseColumn(schema.require(i.table()).column(i.field()));
    }

    private static void demand(boolean condition, Reason otherwise) {
        if (!condition) {
            throw new ApplyException(otherwise);
        }
    }
}
