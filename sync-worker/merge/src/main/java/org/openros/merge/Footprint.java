// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.HashSet;
import java.util.Set;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;

/**
 * What changesets touch: with instructions elsewhere they have no rule, whatever becomes of them in the merge. It may
 * name more than that, never less. {@link OperandIndex} says which instructions have rules.
 */
class Footprint {
    /** Of changesets that nobody has looked at. */
    static final Footprint OF_EVERYTHING = new Footprint() {
        @Override
        boolean mayMeet(Instruction instruction) {
            return true;
        }
    };

    private record Place(ByteString table, ObjectKey key) {}

    private final Set<Place> objects = new HashSet<>();
    /** Classes of which the definition is touched: also a column that is added may bring its erasure in its wake. */
    private final Set<ByteString> tables = new HashSet<>();
    /** Whether a class is erased: columns of others that link to it go too. */
    private boolean erasesTable;

    void add(Changeset changeset) {
        for (Instruction instruction : changeset.instructions()) {
            switch (instruction) {
                case Instruction.OnObject i -> objects.add(new Place(i.table(), i.key()));
                case Instruction.EraseTable i -> erasesTable = true;
                case Instruction.AddTable i -> tables.add(i.table());
                case Instruction.AddColumn i -> tables.add(i.table());
                case Instruction.EraseColumn i -> tables.add(i.table());
            }
        }
    }

    /** Whether an instruction of the other side may have a rule with one of these. */
    boolean mayMeet(Instruction instruction) {
        return erasesTable
                || !(instruction instanceof Instruction.OnObject onObject)
                || tables.contains(onObject.table())
                || objects.contains(new Place(onObject.table(), onObject.key()));
    }
}
