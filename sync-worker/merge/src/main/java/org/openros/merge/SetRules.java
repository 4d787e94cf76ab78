// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.Instruction;
import org.openros.changeset.Value;

/** Concurrent changes of one set (merge rules, section 4.7). */
final class SetRules {
    private SetRules() {}

    /**
     * A set instruction meets a clear or another set instruction.
     *
     * @param row stands in the matrix at or below {@code column}
     */
    static void apply(Operand row, Operand column) {
        switch (column.operation()) {
            case CLEAR -> {
                if (Place.samePath(row, column)) {
                    row.drop();
                }
            }
            case SET_INSERT, SET_ERASE -> {
                if (Place.samePath(row, column) && sameElement(row.original(), column.original())) {
                    PairRules.dropEarlier(row, column);
                }
            }
            default -> {
                // Nothing else acts on the elements of a set.
            }
        }
    }

    private static boolean sameElement(Instruction a, Instruction b) {
        if (a instanceof Instruction.SetErase one && b instanceof Instruction.SetErase other) {
            return ElementEquality.sameErased(one, other);
        }
        return ElementEquality.sameValue(elementOf(a), elementOf(b));
    }

    private static Value elementOf(Instruction instruction) {
        return instruction instanceof Instruction.SetErase erase
                ? erase.value()
                : ((Instruction.SetInsert) instruction).value();
    }
}
