// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;

/**
 * Operands in the order of their side. Dropped ones are cleared out now and then: where both sides assign one place
 * again and again, nearly all are.
 */
final class OperandList {
    /** Every how many readings the list is cleared; a power of two. */
    private static final int READINGS_BETWEEN_CLEARINGS = 8;

    private final List<Operand> operands = new ArrayList<>(2);
    private int readings;

    /** Adds an operand at its place, which is usually the end. */
    void add(Operand operand) {
        int position = operands.size();
        while (position > 0 && operands.get(position - 1).order() > operand.order()) {
            position--;
        }
        operands.add(position, operand);
    }

    /**
     * The operands, some of them dropped. Valid until the list is read again: what meets an inserted instruction reads
     * lists of another class than the one that is being walked.
     */
    List<Operand> read() {
        if (++readings % READINGS_BETWEEN_CLEARINGS == 0) {
            operands.removeIf(Operand::isDropped);
        }
        return operands;
    }
}
