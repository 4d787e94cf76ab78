// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.Value;

/** One instruction while it is being merged: what the rules can change about it, and where it came from. */
final class Operand {
    private static final long UNSIGNED_32 = 0xFFFF_FFFFL;
    private static final PathElement[] NO_PATH = {};
    private static final long LAST_AT_POSITION = UNSIGNED_32;

    private final Instruction original;
    private final Operation operation;
    private final StampedChangeset owner;
    private final long order;
    private final PathElement[] path;
    private @Nullable Value value;
    private long size;
    private long target;
    private boolean changed;
    private boolean dropped;
    private @Nullable List<Operand> inFront;

    private Operand(Instruction original, StampedChangeset owner, long order) {
        this.original = original;
        this.operation = Operation.of(original);
        this.owner = owner;
        this.order = order;
        this.path = original instanceof Instruction.OnPath onPath
                ? onPath.path().toArray(PathElement[]::new)
                : NO_PATH;
        readOperands();
    }

    /**
     * An instruction as it enters the merge.
     *
     * @param position its place in the sequence of its side, below 2<sup>31</sup>
     */
    static Operand at(int position, Instruction instruction, StampedChangeset owner) {
        return new Operand(instruction, owner, ((long) position << 32) + LAST_AT_POSITION);
    }

    private void readOperands() {
        switch (original) {
            case Instruction.Update i -> {
                value = i.value();
                size = i.priorSize();
            }
            case Instruction.ArrayInsert i -> size = i.priorSize();
            case Instruction.ArrayMove i -> {
                size = i.priorSize();
                target = i.to();
            }
            case Instruction.ArrayErase i -> size = i.priorSize();
            default -> {
                // Nothing else can change.
            }
        }
    }

    /** The instruction as it entered the merge; sizes, indices and values in it may be outdated. */
    Instruction original() {
        return original;
    }

    Operation operation() {
        return operation;
    }

    /** Where it stands among the instructions of its side. */
    long order() {
        return order;
    }

    /** The position it was made with. */
    int position() {
        return (int) (order >>> 32);
    }

    boolean isLaterThan(Operand other) {
        return owner.isLaterThan(other.owner);
    }

    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    /** The depth of the address (merge rules, section 2.1). */
    int depth() {
        return operation.depth() + path.length;
    }

    ByteString table() {
        return original.table();
    }

    /** The object key; for instructions on objects only. */
    ObjectKey key() {
        return ((Instruction.OnObject) original).key();
    }

    /** The field; for path instructions only. */
    ByteString field() {
        return ((Instruction.OnPath) original).field();
    }

    int pathLength() {
        return path.length;
    }

    PathElement element(int position) {
        return path[position];
    }

    boolean endsInIndex() {
        return path.length > 0 && path[path.length - 1] instanceof PathElement.Index;
    }

    boolean endsInKey() {
        return path.length > 0 && path[path.length - 1] instanceof PathElement.Key;
    }

    /** The index that ends the path; for instructions that act on a list element only. */
    long index() {
        return ((PathElement.Index) path[path.length - 1]).value();
    }

    void setIndex(long index) {
        setElement(path.length - 1, index);
    }

    void setElement(int position, long index) {
        path[position] = new PathElement.Index(index & UNSIGNED_32);
        changed = true;
    }

    /** The size of the list before the instruction; for list instructions and element updates only. */
    long size() {
        return size;
    }

    void setSize(long size) {
        this.size = size & UNSIGNED_32;
        changed = true;
    }

    /** Where a move goes to. */
    long target() {
        return target;
    }

    void setTarget(long target) {
        this.target = target & UNSIGNED_32;
        changed = true;
    }

    /** The value of an update. */
    Value updateValue() {
        return value == null ? ((Instruction.Update) original).value() : value;
    }

    void setUpdateValue(Value value) {
        this.value = value;
        changed = true;
    }

    /** Whether an update comes from a class default; never true for a list element. */
    boolean isDefault() {
        return ((Instruction.Update) original).isDefault() && !endsInIndex();
    }

    /** Puts an instruction of the same changeset directly in front of this one, behind others put there before. */
    Operand insertInFront(Instruction instruction) {
        if (inFront == null) {
            inFront = new ArrayList<>();
        }
        long position = order - LAST_AT_POSITION;
        Operand inserted = new Operand(instruction, owner, position + inFront.size());
        inFront.add(inserted);
        return inserted;
    }

    /** What was put in front, dropped ones included. */
    List<Operand> inFront() {
        return inFront == null ? List.of() : inFront;
    }

    /** Whether the changeset may differ from what it was. */
    boolean isTouched() {
        return changed || dropped || inFront != null;
    }

    /** Adds what is left of this operand, and of what was put in front of it, to a changeset. */
    void appendTo(List<Instruction> instructions) {
        for (Operand operand : inFront()) {
            operand.appendTo(instructions);
        }
        if (!dropped) {
            instructions.add(changed ? rebuilt() : original);
        }
    }

    private Instruction rebuilt() {
        List<PathElement> steps = List.of(path);
        return switch (original) {
            case Instruction.Update i -> new Instruction.Update(
                    i.table(), i.key(), i.field(), steps, updateValue(), size, i.isDefault());
            case Instruction.AddInteger i -> new Instruction.AddInteger(
                    i.table(), i.key(), i.field(), steps, i.amount());
            case Instruction.ArrayInsert i -> new Instruction.ArrayInsert(
                    i.table(), i.key(), i.field(), steps, i.value(), size);
            case Instruction.ArrayMove i -> new Instruction.ArrayMove(
                    i.table(), i.key(), i.field(), steps, target, size);
            case Instruction.ArrayErase i -> new Instruction.ArrayErase(i.table(), i.key(), i.field(), steps, size);
            case Instruction.Clear i -> new Instruction.Clear(i.table(), i.key(), i.field(), steps, i.collection());
            case Instruction.SetInsert i -> new Instruction.SetInsert(i.table(), i.key(), i.field(), steps, i.value());
            case Instruction.SetErase i -> new Instruction.SetErase(
                    i.table(), i.key(), i.field(), steps, i.value(), i.position());
            default -> original;
        };
    }
}
