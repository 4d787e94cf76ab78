// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction;

/**
 * What happens when two concurrent instructions meet: the pair step (merge rules, section 2.4) and the matrix of flat
 * rules (section 3). Which of the two is local plays no part.
 */
final class PairRules {
    /** In bytes (changeset format, section 2.1). */
    private static final int LONGEST_TABLE_NAME = 57;

    private PairRules() {}

    /**
     * Lets two operands meet. Either may be changed, dropped, or get an instruction in front of it.
     *
     * @throws MergeException if they contradict each other
     */
    static void meet(Operand a, Operand b) {
        int difference = a.depth() - b.depth();
        if (difference < 0) {
            NestedRules.apply(a, b);
        } else if (difference > 0) {
            NestedRules.apply(b, a);
        }
        if (!a.isDropped() && !b.isDropped()) {
            meetFlat(a, b);
        }
    }

    private static void meetFlat(Operand a, Operand b) {
        if (a.operation().compareTo(b.operation()) >= 0) {
            applyFlat(a, b);
        } else {
            applyFlat(b, a);
        }
    }

    /** The matrix: {@code row} stands in it at or below {@code column}. */
    private static void applyFlat(Operand row, Operand column) {
        Operation other = column.operation();
        switch (row.operation()) {
            case ADD_TABLE -> SchemaRules.addTableTwice(row, column);
            case ERASE_TABLE -> SchemaRules.eraseTable(row, column);
            case CREATE_OBJECT, UPDATE -> {
                if (row.operation() == Operation.UPDATE && other == Operation.UPDATE) {
                    ValueRules.updateTwice(row, column);
                }
            }
            case ERASE_OBJECT -> eraseObject(row, column);
            case ADD_INTEGER -> {
                if (other == Operation.UPDATE) {
                    ValueRules.addInteger(row, column);
                }
            }
            case ADD_COLUMN -> SchemaRules.addColumn(row, column);
            case ERASE_COLUMN -> SchemaRules.eraseColumn(row, column);
            case ARRAY_INSERT, ARRAY_MOVE, ARRAY_ERASE -> {
                if (other == Operation.UPDATE || other.isOnList()) {
                    ListRules.apply(row, column);
                }
            }
            case CLEAR -> ClearRules.apply(row, column);
            case SET_INSERT, SET_ERASE -> SetRules.apply(row, column);
        }
    }

    private static void eraseObject(Operand erase, Operand other) {
        if (other.operation() == Operation.CREATE_OBJECT) {
            if (Place.sameObject(erase, other)) {
                other.drop();
            }
        } else if (other.operation() == Operation.ERASE_OBJECT && Place.sameObject(erase, other)) {
            dropEarlier(erase, other);
        }
    }

    static void dropEarlier(Operand a, Operand b) {
        earlier(a, b).drop();
    }

    static Operand earlier(Operand a, Operand b) {
        return a.isLaterThan(b) ? b : a;
    }

    static Operand later(Operand a, Operand b) {
        return a.isLaterThan(b) ? a : b;
    }

    static MergeException contradiction(MergeException.Code code, Instruction a, Instruction b) {
        return new MergeException(code, a.getClass().getSimpleName() + " meets "
                + b.getClass().getSimpleName() + " in class " + printable(a.table()));
    }

    /** Names come from clients: no log line gets longer than a proper one makes it, or breaks. */
    private static String printable(ByteString table) {
        return table.length() <= LONGEST_TABLE_NAME ? table.toUtf8().replaceAll("\\p{Cntrl}", "?") : "?";
    }
}
