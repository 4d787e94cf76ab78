// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.storage.RealmStore;
import org.openros.storage.Write;

/**
 * The lowest protocol version whose clients can read everything in a realm's history (sync protocol, section 3.1).
 * Older clients must not be sent any of it, so they are refused.
 */
final class FeatureLevel {
    private static final byte[] KEY = {(byte) 0xFF, 'f'};
    private static final int PLAIN = 1;
    private static final int MIXED_SETS_DICTIONARIES = 3;
    private static final int ASYMMETRIC = 6;
    private static final int NESTED_COLLECTIONS = 13;

    private int level;

    FeatureLevel(RealmStore store) {
        byte[] stored = store.state(KEY);
        level = stored == null ? PLAIN : stored[0];
    }

    /** The lowest protocol version that may take part. */
    int required() {
        return level;
    }

    /** Takes note of what a changeset uses. */
    void raise(Changeset changeset, Batch batch) {
        int needed = level;
        for (Instruction instruction : changeset.instructions()) {
            needed = Math.max(needed, needed(instruction));
        }
        if (needed > level) {
            level = needed;
            batch.add(new Write.PutState(KEY, new byte[] {(byte) needed}));
        }
    }

    private static int needed(Instruction instruction) {
        return switch (instruction) {
            case Instruction.AddTable table -> table.kind() == TableKind.ASYMMETRIC ? ASYMMETRIC : PLAIN;
            case Instruction.AddColumn column -> needed(column);
            case Instruction.Update update -> needed(update.value());
            case Instruction.ArrayInsert insert -> needed(insert.value());
            case Instruction.Clear clear -> clear.path().isEmpty() ? PLAIN : NESTED_COLLECTIONS;
            case Instruction.EraseTable erase -> PLAIN;
            case Instruction.EraseColumn erase -> PLAIN;
            case Instruction.CreateObject create -> PLAIN;
            case Instruction.EraseObject erase -> PLAIN;
            case Instruction.AddInteger add -> PLAIN;
            case Instruction.ArrayMove move -> PLAIN;
            case Instruction.ArrayErase erase -> PLAIN;
            case Instruction.SetInsert insert -> MIXED_SETS_DICTIONARIES;
            case Instruction.SetErase erase -> MIXED_SETS_DICTIONARIES;
        };
    }

    private static int needed(Instruction.AddColumn column) {
        boolean isNew = column.type() == TypeCode.NULL
                || column.type() == TypeCode.UUID
                || column.collection() == CollectionType.SET
                || column.collection() == CollectionType.DICTIONARY;
        return isNew ? MIXED_SETS_DICTIONARIES : PLAIN;
    }

    private static int needed(Value value) {
        return value == Value.Marker.LIST || value == Value.Marker.DICTIONARY ? NESTED_COLLECTIONS : PLAIN;
    }
}
