// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;

/** The incoming operands of one class. */
final class TableBucket {
    private final OperandList all = new OperandList();
    private final OperandList definitions = new OperandList();
    private final OperandList erasures = new OperandList();
    private final Map<ObjectKey, ObjectBucket> objects = new HashMap<>();
    private final Map<ByteString, ColumnBucket> columns = new HashMap<>();
    private @Nullable Map<ByteString, OperandList> updatesByField;

    void add(Operand operand) {
        all.add(operand);
        switch (operand.original()) {
            case Instruction.AddTable i -> definitions.add(operand);
            case Instruction.EraseTable i -> {
                definitions.add(operand);
                erasures.add(operand);
            }
            case Instruction.AddColumn i -> column(i.field()).add(operand);
            case Instruction.EraseColumn i -> column(i.field()).add(operand);
            case Instruction.OnObject i -> objects.computeIfAbsent(i.key(), key -> new ObjectBucket()).add(operand);
        }
    }

    private ColumnBucket column(ByteString field) {
        return columns.computeIfAbsent(field, name -> new ColumnBucket());
    }

    OperandList erasures() {
        return erasures;
    }

    void collect(Instruction instruction, Candidates candidates) {
        switch (instruction) {
            case Instruction.AddTable i -> candidates.add(definitions);
            case Instruction.EraseTable i -> candidates.add(all);
            case Instruction.AddColumn i -> {
                candidates.add(erasures);
                candidates.add(changes(i.field()));
            }
            case Instruction.EraseColumn i -> {
                candidates.add(erasures);
                candidates.add(changes(i.field()));
                candidates.add(updates(i.field()));
            }
            case Instruction.OnObject i -> collectForObject(i, candidates);
        }
    }

    private void collectForObject(Instruction.OnObject instruction, Candidates candidates) {
        candidates.add(erasures);
        if (instruction instanceof Instruction.Update update) {
            ColumnBucket column = columns.get(update.field());
            candidates.add(column == null ? null : column.erasures());
        }
        ObjectBucket object = objects.get(instruction.key());
        if (object != null) {
            object.collect(instruction, candidates);
        }
    }

    private @Nullable OperandList changes(ByteString field) {
        ColumnBucket column = columns.get(field);
        return column == null ? null : column.changes();
    }

    /** Every update of a field in any object: only looked for when somebody erases the column. */
    private @Nullable OperandList updates(ByteString field) {
        if (updatesByField == null) {
            updatesByField = new HashMap<>();
            for (Operand operand : all.read()) {
                if (operand.operation() == Operation.UPDATE) {
                    updatesByField.computeIfAbsent(operand.field(), name -> new OperandList()).add(operand);
                }
            }
        }
        return updatesByField.get(field);
    }

    /** The incoming operands that add or erase one column. */
    private static final class ColumnBucket {
        private final OperandList changes = new OperandList();
        private final OperandList erasures = new OperandList();

        void add(Operand operand) {
            changes.add(operand);
            if (operand.operation() == Operation.ERASE_COLUMN) {
                erasures.add(operand);
            }
        }

        OperandList changes() {
            return changes;
        }

        OperandList erasures() {
            return erasures;
        }
    }
}
