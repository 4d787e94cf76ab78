// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.Objects;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;

/** Concurrent changes of classes and columns (merge rules, section 4.2). */
final class SchemaRules {
    private SchemaRules() {}

    static void addTableTwice(Operand a, Operand b) {
        if (Place.sameTable(a, b)) {
            requireSameTable((Instruction.AddTable) a.original(), (Instruction.AddTable) b.original());
            a.drop();
            b.drop();
        }
    }

    private static void requireSameTable(Instruction.AddTable a, Instruction.AddTable b) {
        boolean embedded = a.kind() == TableKind.EMBEDDED;
        require(embedded == (b.kind() == TableKind.EMBEDDED), MergeException.Code.TABLE_KIND, a, b);
        if (!embedded) {
            PrimaryKey key = keyOf(a);
            PrimaryKey other = keyOf(b);
            require(key.field().equals(other.field()), MergeException.Code.PRIMARY_KEY_NAME, a, b);
            require(key.type() == other.type(), MergeException.Code.PRIMARY_KEY_TYPE, a, b);
            require(key.nullable() == other.nullable(), MergeException.Code.PRIMARY_KEY_NULLABLE, a, b);
            require(a.kind() == b.kind(), MergeException.Code.ASYMMETRIC, a, b);
        }
    }

    private static PrimaryKey keyOf(Instruction.AddTable table) {
        return Objects.requireNonNullElse(table.primaryKey(), PrimaryKey.NONE);
    }

    static void eraseTable(Operand erase, Operand other) {
        switch (other.operation()) {
            case ADD_TABLE -> {
                if (Place.sameTable(erase, other)) {
                    other.drop();
                }
            }
            case ERASE_TABLE -> dropBothIf(Place.sameTable(erase, other), erase, other);
            default -> {
                // Everything else is deeper: the nested rule has done it.
            }
        }
    }

    static void addColumn(Operand add, Operand other) {
        switch (other.operation()) {
            case ERASE_TABLE -> eraseLinkTarget(add, other);
            case ADD_COLUMN -> addColumnTwice(add, other);
            default -> {
                // The columns of the matrix between them never interact.
            }
        }
    }

    /** The side that erases the class has to take back the column that the other side let point to it. */
    private static void eraseLinkTarget(Operand add, Operand eraseTable) {
        Instruction.AddColumn column = (Instruction.AddColumn) add.original();
        if (column.type() == TypeCode.LINK && Objects.equals(column.linkTarget(), eraseTable.table())) {
            eraseTable.insertInFront(new Instruction.EraseColumn(column.table(), column.field()));
            add.drop();
        }
    }

    private static void addColumnTwice(Operand a, Operand b) {
        Instruction.AddColumn one = (Instruction.AddColumn) a.original();
        Instruction.AddColumn other = (Instruction.AddColumn) b.original();
        if (one.table().equals(other.table()) && one.field().equals(other.field())) {
            require(one.type() == other.type(), MergeException.Code.COLUMN_TYPE, one, other);
            require(one.nullable() == other.nullable(), MergeException.Code.COLUMN_NULLABLE, one, other);
            require(one.collection() == other.collection(), MergeException.Code.COLUMN_COLLECTION, one, other);
            require(
                    one.type() != TypeCode.LINK || Objects.equals(one.linkTarget(), other.linkTarget()),
                    MergeException.Code.COLUMN_LINK_TARGET,
                    one,
                    other);
            a.drop();
            b.drop();
        }
    }

    static void eraseColumn(Operand erase, Operand other) {
        Instruction.EraseColumn column = (Instruction.EraseColumn) erase.original();
        switch (other.original()) {
            case Instruction.Update update -> {
                if (column.table().equals(update.table()) && column.field().equals(update.field())) {
                    other.drop();
                }
            }
            case Instruction.AddColumn add -> {
                if (column.table().equals(add.table()) && column.field().equals(add.field())) {
                    other.drop();
                }
            }
            case Instruction.EraseColumn twin -> dropBothIf(column.equals(twin), erase, other);
            default -> {
                // Stock clients drop nothing else, although it cannot be applied any more (section 8).
            }
        }
    }

    private static void dropBothIf(boolean same, Operand a, Operand b) {
        if (same) {
            a.drop();
            b.drop();
        }
    }

    private static void require(boolean agreed, MergeException.Code code, Instruction a, Instruction b) {
        if (!agreed) {
            throw PairRules.contradiction(code, a, b);
        }
    }
}
