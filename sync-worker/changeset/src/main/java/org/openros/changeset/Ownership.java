// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** Puts a creator into the generated keys that lack one. Gives back what it was given if nothing changes. */
record Ownership(long owner) {
    Instruction of(Instruction instruction) {
        return instruction instanceof Instruction.OnObject onObject ? ofObject(onObject) : instruction;
    }

    private Instruction ofObject(Instruction.OnObject instruction) {
        ObjectKey key = key(instruction.key());
        boolean same = key == instruction.key();
        return switch (instruction) {
            case Instruction.CreateObject i -> same ? i : new Instruction.CreateObject(i.table(), key);
            case Instruction.EraseObject i -> same ? i : new Instruction.EraseObject(i.table(), key);
            case Instruction.AddInteger i ->
                same ? i : new Instruction.AddInteger(i.table(), key, i.field(), i.path(), i.amount());
            case Instruction.ArrayMove i ->
                same ? i : new Instruction.ArrayMove(i.table(), key, i.field(), i.path(), i.to(), i.priorSize());
            case Instruction.ArrayErase i ->
                same ? i : new Instruction.ArrayErase(i.table(), key, i.field(), i.path(), i.priorSize());
            case Instruction.Clear i ->
                same ? i : new Instruction.Clear(i.table(), key, i.field(), i.path(), i.collection());
            case Instruction.Update i -> {
                Value value = value(i.value());
                yield same && value == i.value()
                        ? i
                        : new Instruction.Update(
                                i.table(), key, i.field(), i.path(), value, i.priorSize(), i.isDefault());
            }
            case Instruction.ArrayInsert i -> {
                Value value = value(i.value());
                yield same && value == i.value()
                        ? i
                        : new Instruction.ArrayInsert(i.table(), key, i.field(), i.path(), value, i.priorSize());
            }
            case Instruction.SetInsert i -> {
                Value value = value(i.value());
                yield same && value == i.value()
                        ? i
                        : new Instruction.SetInsert(i.table(), key, i.field(), i.path(), value);
            }
            case Instruction.SetErase i -> {
                Value value = value(i.value());
                yield same && value == i.value()
                        ? i
                        : new Instruction.SetErase(i.table(), key, i.field(), i.path(), value, i.position());
            }
        };
    }

    private ObjectKey key(ObjectKey key) {
        return key instanceof ObjectKey.Global global && global.high() == 0
                ? new ObjectKey.Global(owner, global.low())
                : key;
    }

    private Value value(Value value) {
        if (!(value instanceof Value.Link link)) {
            return value;
        }
        ObjectKey key = key(link.key());
        return key == link.key() ? value : new Value.Link(link.table(), key);
    }
}
