// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** Puts a creator into the generated keys that lack one. */
record Ownership(long owner) {
    /** Whether the instruction names an object by a key without creator. */
    static boolean isMissing(Instruction instruction) {
        return instruction instanceof Instruction.OnObject onObject
                && (isMissing(onObject.key())
                        || switch (onObject) {
                            case Instruction.Update i -> isMissing(i.value());
                            case Instruction.ArrayInsert i -> isMissing(i.value());
                            case Instruction.SetInsert i -> isMissing(i.value());
                            case Instruction.SetErase i -> isMissing(i.value());
                            case Instruction.CreateObject _ -> false;
                            case Instruction.EraseObject _ -> false;
                            case Instruction.AddInteger _ -> false;
                            case Instruction.ArrayMove _ -> false;
                            case Instruction.ArrayErase _ -> false;
                            case Instruction.Clear _ -> false;
                        });
    }

    private static boolean isMissing(Value value) {
        return value instanceof Value.Link link && isMissing(link.key());
    }

    private static boolean isMissing(ObjectKey key) {
        return key instanceof ObjectKey.Global global && global.high() == 0;
    }

    /** An instruction with the creator in place, also if nothing is missing. */
    Instruction of(Instruction instruction) {
        return instruction instanceof Instruction.OnObject onObject
                ? of(onObject, key(onObject.key()))
                : instruction;
    }

    private Instruction of(Instruction.OnObject instruction, ObjectKey key) {
        return switch (instruction) {
            case Instruction.CreateObject i -> new Instruction.CreateObject(i.table(), key);
            case Instruction.EraseObject i -> new Instruction.EraseObject(i.table(), key);
            case Instruction.AddInteger i ->
                new Instruction.AddInteger(i.table(), key, i.field(), i.path(), i.amount());
            case Instruction.ArrayMove i ->
                new Instruction.ArrayMove(i.table(), key, i.field(), i.path(), i.to(), i.priorSize());
            case Instruction.ArrayErase i ->
                new Instruction.ArrayErase(i.table(), key, i.field(), i.path(), i.priorSize());
            case Instruction.Clear i -> new Instruction.Clear(i.table(), key, i.field(), i.path(), i.collection());
            case Instruction.Update i ->
                new Instruction.Update(
                        i.table(), key, i.field(), i.path(), value(i.value()), i.priorSize(), i.isDefault());
            case Instruction.ArrayInsert i ->
                new Instruction.ArrayInsert(i.table(), key, i.field(), i.path(), value(i.value()), i.priorSize());
            case Instruction.SetInsert i ->
                new Instruction.SetInsert(i.table(), key, i.field(), i.path(), value(i.value()));
            case Instruction.SetErase i ->
                new Instruction.SetErase(i.table(), key, i.field(), i.path(), value(i.value()), i.position());
        };
    }

    private ObjectKey key(ObjectKey key) {
        return key instanceof ObjectKey.Global global && global.high() == 0
                ? new ObjectKey.Global(owner, global.low())
                : key;
    }

    private Value value(Value value) {
        return value instanceof Value.Link link ? new Value.Link(link.table(), key(link.key())) : value;
    }
}
