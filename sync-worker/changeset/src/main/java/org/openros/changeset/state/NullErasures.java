// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.SetErase;
import org.openros.changeset.Value;
import org.openros.changeset.state.ApplyException.Reason;

/**
 * Replaces what stock clients emit but refuse to apply: the erasure of null from a nullable set of a typed column
 * (changeset format, section 2.6). Emptying the set and inserting what remains has the same effect.
 */
final class NullErasures {
    /** A changeset must not grow by more instructions: a large set that loses null again and again. */
    private static final int MOST = 100_000;

    private final Changeset changeset;
    /** By how many instructions it has grown. */
    private int more;
    private @Nullable List<Instruction> replaced;
    /** How many instructions of the original have been taken over. */
    private int taken;

    NullErasures(Changeset changeset) {
        this.changeset = changeset;
    }

    /** Whether an instruction may have to be replaced. */
    static boolean concerns(SetErase erase) {
        return erase.value() == Value.Marker.NULL;
    }

    /** Replaces the instruction at an index, which has just been applied to its target, if clients refuse it. */
    void replace(int index, SetErase erase, Target target) {
        if (target instanceof Target.Collection(Slot.Fields _, Column column, Slot.Members members)
                && !column.isMixed()) {
            takeUntil(index);
            taken = index + 1;
            more += members.values().size();
            if (more > MOST) {
                throw new ApplyException(Reason.VALUE_NOT_ALLOWED_HERE);
            }
            add(new Instruction.Clear(erase.table(), erase.key(), erase.field(), erase.path(), CollectionType.SET));
            for (Value value : members.values()) {
                add(new Instruction.SetInsert(erase.table(), erase.key(), erase.field(), erase.path(), value));
            }
        }
    }

    /** The changeset with everything replaced that had to be. */
    Changeset result() {
        if (replaced == null) {
            return changeset;
        }
        takeUntil(changeset.instructions().size());
        return new Changeset(changeset.strings(), List.copyOf(replaced));
    }

    private void takeUntil(int index) {
        changeset.instructions().subList(taken, index).forEach(this::add);
        taken = index;
    }

    private void add(Instruction instruction) {
        if (replaced == null) {
            replaced = new ArrayList<>();
        }
        replaced.add(instruction);
    }
}
