// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.Value;

/** Clearing a place that the other side changes as a whole (merge rules, section 4.7). */
final class ClearRules {
    private ClearRules() {}

    /**
     * A clear meets an update, an addition, or another clear.
     *
     * @param other stands in the matrix at or above the clear
     */
    static void apply(Operand clear, Operand other) {
        switch (other.operation()) {
            case UPDATE -> {
                if (Place.samePath(clear, other) && !makesSameCollection(clear, other.updateValue())) {
                    PairRules.dropEarlier(clear, other);
                }
            }
            case ADD_INTEGER -> {
                if (Place.samePath(clear, other)) {
                    other.drop();
                }
            }
            case CLEAR -> {
                if (Place.samePath(clear, other)) {
                    PairRules.dropEarlier(clear, other);
                }
            }
            default -> {
                // List instructions are deeper or in another place.
            }
        }
    }

    private static boolean makesSameCollection(Operand clear, Value value) {
        CollectionType collection = ((Instruction.Clear) clear.original()).collection();
        return (collection == CollectionType.LIST && value == Value.Marker.LIST)
                || (collection == CollectionType.DICTIONARY && value == Value.Marker.DICTIONARY);
    }
}
