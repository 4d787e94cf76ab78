// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.PathElement;
import org.openros.changeset.Value;

/** What an instruction does to one with a deeper address (merge rules, section 4.1). */
final class NestedRules {
    private NestedRules() {}

    static void apply(Operand outer, Operand inner) {
        switch (outer.operation()) {
            case ERASE_TABLE -> {
                if (Place.sameTable(outer, inner)) {
                    inner.drop();
                }
            }
            case ERASE_OBJECT -> {
                if (inner.operation().isOnPath() && Place.sameObject(outer, inner)) {
                    inner.drop();
                }
            }
            case UPDATE, ADD_INTEGER, CLEAR -> overwrite(outer, inner);
            case ARRAY_INSERT, ARRAY_MOVE, ARRAY_ERASE -> rearrange(outer, inner);
            case ADD_TABLE, CREATE_OBJECT, ADD_COLUMN, ERASE_COLUMN, SET_INSERT, SET_ERASE -> {
                // Leaves everything below as it is.
            }
        }
    }

    private static void overwrite(Operand outer, Operand inner) {
        if (Place.isAbove(outer, inner)) {
            boolean survives = outer.operation() == Operation.UPDATE
                    && keeps(outer.updateValue(), inner.element(outer.pathLength()));
            if (!survives) {
                inner.drop();
            }
        }
    }

    /** Whether assigning the value leaves what is below the element: it is taken to create what exists already. */
    private static boolean keeps(Value value, PathElement next) {
        return switch (value) {
            case Value.Marker marker -> switch (marker) {
                case OBJECT -> true;
                case LIST -> next instanceof PathElement.Index;
                case DICTIONARY -> next instanceof PathElement.Key;
                case NULL, ERASED, SET -> false;
            };
            default -> false;
        };
    }

    private static void rearrange(Operand outer, Operand inner) {
        if (!Place.containerIsAbove(outer, inner)) {
            return;
        }
        int position = outer.pathLength() - 1;
        if (!(inner.element(position) instanceof PathElement.Index(long index))) {
            throw PairRules.contradiction(
                    MergeException.Code.INCONSISTENT_PATHS, outer.original(), inner.original());
        }
        switch (outer.operation()) {
            case ARRAY_INSERT -> {
                if (index >= outer.index()) {
                    inner.setElement(position, index + 1);
                }
            }
            case ARRAY_ERASE -> erase(outer, inner, position, index);
            default -> move(outer, index);
        }
    }

    private static void erase(Operand erase, Operand inner, int position, long index) {
        if (index == erase.index()) {
            inner.drop();
        } else if (index > erase.index()) {
            inner.setElement(position, index - 1);
        }
    }

    /**
     * Changes the move by the inner instruction's index instead of the other way round: stock clients have the two
     * mixed up, and a server that has not would disagree with them (merge rules, sections 4.1 and 8).
     */
    private static void move(Operand move, long index) {
        if (move.index() == index) {
            move.setIndex(move.target());
            return;
        }
        long shifted = move.index() > index ? move.index() - 1 : move.index();
        move.setIndex(shifted >= move.target() ? shifted + 1 : shifted);
    }
}
