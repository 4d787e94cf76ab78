// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.Instruction;
import org.openros.changeset.Value;

/** Concurrent assignments and additions (merge rules, section 4.5). */
final class ValueRules {
    private ValueRules() {}

    static void updateTwice(Operand a, Operand b) {
        if (!Place.samePath(a, b)) {
            return;
        }
        if (a.endsInIndex() && a.size() != b.size()) {
            throw PairRules.contradiction(MergeException.Code.PRIOR_SIZE, a.original(), b.original());
        }
        Value one = a.updateValue();
        Value other = b.updateValue();
        boolean onlyOneCreates = (one == Value.Marker.OBJECT) != (other == Value.Marker.OBJECT);
        if (onlyOneCreates) {
            (one == Value.Marker.OBJECT ? a : b).drop();
        } else if (!makeSameCollection(one, other)) {
            loser(a, b).drop();
        }
    }

    /** Two sides that make the same kind of collection mean the same one: what both put into it is kept. */
    private static boolean makeSameCollection(Value one, Value other) {
        return one.equals(other) && (one == Value.Marker.LIST || one == Value.Marker.DICTIONARY);
    }

    private static Operand loser(Operand a, Operand b) {
        if (a.isDefault() != b.isDefault()) {
            return a.isDefault() ? a : b;
        }
        return PairRules.earlier(a, b);
    }

    static void addInteger(Operand add, Operand update) {
        if (!Place.samePath(add, update)) {
            return;
        }
        if (!update.isDefault() && update.isLaterThan(add)) {
            add.drop();
        } else if (update.updateValue() instanceof Value.Int(long value)) {
            update.setUpdateValue(new Value.Int(value + ((Instruction.AddInteger) add.original()).amount()));
        } else if (update.updateValue() != Value.Marker.NULL) {
            add.drop();
        }
    }
}
