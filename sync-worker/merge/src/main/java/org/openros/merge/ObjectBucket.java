// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction;
import org.openros.changeset.PathElement;

/**
 * The incoming operands of one object. Most objects of an upload are never met, so the finer order is made when the
 * first local instruction on the object asks. Nothing is added after that: only schema instructions are inserted while
 * merging.
 */
final class ObjectBucket {
    private final OperandList all = new OperandList();
    private @Nullable OperandList erasures;
    private @Nullable Map<ByteString, FieldBucket> fields;

    void add(Operand operand) {
        all.add(operand);
    }

    void collect(Instruction.OnObject instruction, Candidates candidates) {
        if (instruction instanceof Instruction.EraseObject) {
            candidates.add(all);
            return;
        }
        candidates.add(erasures());
        if (instruction instanceof Instruction.OnPath onPath) {
            FieldBucket field = fields().get(onPath.field());
            if (field != null) {
                field.collect(onPath.path(), candidates);
            }
        }
    }

    private OperandList erasures() {
        if (erasures == null) {
            erasures = new OperandList();
            for (Operand operand : all.read()) {
                if (operand.operation() == Operation.ERASE_OBJECT) {
                    erasures.add(operand);
                }
            }
        }
        return erasures;
    }

    private Map<ByteString, FieldBucket> fields() {
        if (fields == null) {
            fields = new HashMap<>();
            for (Operand operand : all.read()) {
                if (operand.operation().isOnPath()) {
                    fields.computeIfAbsent(operand.field(), name -> new FieldBucket()).add(operand);
                }
            }
        }
        return fields;
    }

    /**
     * The incoming operands of one field of one object. Places under different first keys (of a dictionary, of an
     * embedded object) never meet; whatever has no first key may meet them all.
     */
    private static final class FieldBucket {
        private final OperandList all = new OperandList();
        private final OperandList withoutKey = new OperandList();
        private final Map<ByteString, OperandList> byFirstKey = new HashMap<>();

        void add(Operand operand) {
            all.add(operand);
            if (operand.pathLength() > 0 && operand.element(0) instanceof PathElement.Key(ByteString name)) {
                byFirstKey.computeIfAbsent(name, key -> new OperandList()).add(operand);
            } else {
                withoutKey.add(operand);
            }
        }

        void collect(List<PathElement> path, Candidates candidates) {
            if (!path.isEmpty() && path.getFirst() instanceof PathElement.Key(ByteString name)) {
                candidates.add(withoutKey);
                candidates.add(byFirstKey.get(name));
            } else {
                candidates.add(all);
            }
        }
    }
}
