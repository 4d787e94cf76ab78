// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks several lists of operands as one, in the order of their side, without copying them. */
final class Candidates {
    /** The parts of an index that one instruction can be in: class, object, column, two of a field. */
    private static final int MOST_LISTS = 5;

    private List<List<Operand>> lists = List.of();
    private int[] positions = {};

    void add(@Nullable OperandList list) {
        List<Operand> operands = list == null ? List.of() : list.read();
        if (operands.isEmpty()) {
            return;
        }
        if (lists.isEmpty()) {
            lists = new ArrayList<>(MOST_LISTS);
            positions = new int[MOST_LISTS];
        }
        lists.add(operands);
    }

    boolean isEmpty() {
        return lists.isEmpty();
    }

    /** The next operand, or null at the end. */
    @Nullable Operand next() {
        int chosen = -1;
        Operand first = null;
        for (int i = 0; i < lists.size(); i++) {
            List<Operand> operands = lists.get(i);
            if (positions[i] < operands.size()) {
                Operand operand = operands.get(positions[i]);
                if (first == null || operand.order() < first.order()) {
                    first = operand;
                    chosen = i;
                }
            }
        }
        if (chosen >= 0) {
            positions[chosen]++;
        }
        return first;
    }
}
