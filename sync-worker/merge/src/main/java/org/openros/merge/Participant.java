// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;
import org.openros.merge.MergeResult.Merged;

/** One changeset while it is being merged. Instructions that meet nobody need no operand. */
final class Participant {
    /** So many instructions are not copied because some of them have changed. */
    private static final int LONG = 4_096;

    private final StampedChangeset stamped;
    private final int offset;
    private final List<Operand> operands = new ArrayList<>();

    /**
     * A changeset without operands yet.
     *
     * @param offset place of its first instruction in the sequence of its side
     */
    Participant(StampedChangeset stamped, int offset) {
        this.stamped = stamped;
        this.offset = offset;
    }

    /** Makes an operand of the instruction at a position; in ascending order. */
    Operand enter(int position, Instruction instruction) {
        Operand operand = Operand.at(offset + position, instruction, stamped);
        operands.add(operand);
        return operand;
    }

    /** What the changeset has become so far. */
    Merged result() {
        Changeset before = stamped.changeset();
        if (operands.stream().noneMatch(Operand::isTouched)) {
            return new Merged(before, false);
        }
        Changeset after = new Changeset(strings(), instructions());
        return after.equals(before) ? new Merged(before, false) : new Merged(after, true);
    }

    private List<Instruction> instructions() {
        NavigableMap<Integer, List<Instruction>> replaced = new TreeMap<>();
        for (Operand operand : operands) {
            if (operand.isTouched()) {
                List<Instruction> instead = new ArrayList<>(1);
                operand.appendTo(instead);
                replaced.put(operand.position() - offset, instead);
            }
        }
        EditedInstructions after = new EditedInstructions(stamped.changeset().instructions(), replaced);
        return after.size() < LONG ? List.copyOf(after) : after;
    }

    /** Names that came over from the other side go to the end of the string table, and stay there even if unused. */
    private List<ByteString> strings() {
        List<ByteString> before = stamped.changeset().strings();
        if (operands.stream().allMatch(operand -> operand.inFront().isEmpty())) {
            return before;
        }
        Set<ByteString> after = new LinkedHashSet<>(before);
        for (Operand operand : operands) {
            for (Operand inserted : operand.inFront()) {
                Instruction.EraseColumn erase = (Instruction.EraseColumn) inserted.original();
                after.add(erase.table());
                after.add(erase.field());
            }
        }
        return List.copyOf(after);
    }
}
