// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction;
import org.openros.changeset.TypeCode;

/**
 * Finds the incoming operands that a local instruction can have a rule with, so that changes of different objects cost
 * each other nothing (merge rules, section 5.3). It may name operands that turn out to have no rule; it never leaves
 * one out that has.
 */
final class OperandIndex {
    private final Map<ByteString, TableBucket> tables = new HashMap<>();
    private final Map<ByteString, OperandList> linkColumnsByTarget = new HashMap<>();

    /** Adds an operand; usually behind all others, but at its place in any case. */
    void add(Operand operand) {
        tables.computeIfAbsent(operand.table(), table -> new TableBucket()).add(operand);
        ByteString target = linkTarget(operand.original());
        if (target != null && !target.equals(operand.table())) {
            linkColumnsByTarget.computeIfAbsent(target, table -> new OperandList()).add(operand);
        }
    }

    /** The operands to meet, in order. */
    Candidates candidates(Instruction instruction) {
        Candidates candidates = new Candidates();
        TableBucket table = tables.get(instruction.table());
        if (table != null) {
            table.collect(instruction, candidates);
        }
        if (instruction instanceof Instruction.EraseTable) {
            candidates.add(linkColumnsByTarget.get(instruction.table()));
        }
        ByteString target = linkTarget(instruction);
        if (target != null && !target.equals(instruction.table())) {
            TableBucket bucket = tables.get(target);
            candidates.add(bucket == null ? null : bucket.erasures());
        }
        return candidates;
    }

    private static @Nullable ByteString linkTarget(Instruction instruction) {
        return instruction instanceof Instruction.AddColumn column && column.type() == TypeCode.LINK
                ? column.linkTarget()
                : null;
    }
}
