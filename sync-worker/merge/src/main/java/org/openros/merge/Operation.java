// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.Instruction;

/** The types of instruction, in the order of the rule matrix (merge rules, section 3). */
enum Operation {
    ADD_TABLE(1),
    ERASE_TABLE(1),
    CREATE_OBJECT(2),
    ERASE_OBJECT(2),
    UPDATE(3),
    ADD_INTEGER(3),
    ADD_COLUMN(2),
    ERASE_COLUMN(2),
    ARRAY_INSERT(3),
    ARRAY_MOVE(3),
    ARRAY_ERASE(3),
    CLEAR(3),
    SET_INSERT(3),
    SET_ERASE(3);

    private final int depth;

    Operation(int depth) {
        this.depth = depth;
    }

    static Operation of(Instruction instruction) {
        return switch (instruction) {
            case Instruction.AddTable i -> ADD_TABLE;
            case Instruction.EraseTable i -> ERASE_TABLE;
            case Instruction.CreateObject i -> CREATE_OBJECT;
            case Instruction.EraseObject i -> ERASE_OBJECT;
            case Instruction.Update i -> UPDATE;
            case Instruction.AddInteger i -> ADD_INTEGER;
            case Instruction.AddColumn i -> ADD_COLUMN;
            case Instruction.EraseColumn i -> ERASE_COLUMN;
            case Instruction.ArrayInsert i -> ARRAY_INSERT;
            case Instruction.ArrayMove i -> ARRAY_MOVE;
            case Instruction.ArrayErase i -> ARRAY_ERASE;
            case Instruction.Clear i -> CLEAR;
            case Instruction.SetInsert i -> SET_INSERT;
            case Instruction.SetErase i -> SET_ERASE;
        };
    }

    /** How deep the address is, without the elements of the path (section 2.1). */
    int depth() {
        return depth;
    }

    /** Whether the address has a field and a path. */
    boolean isOnPath() {
        return depth == 3;
    }

    /** Whether it acts on a list at the index that ends its path. */
    boolean isOnList() {
        return this == ARRAY_INSERT || this == ARRAY_MOVE || this == ARRAY_ERASE;
    }
}
