// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectKey;

/** What is in memory of one object, or of its absence. */
final class StoredObject {
    private final Table table;
    private final ObjectKey key;
    private final ByteString stateKey;

    /** The content; null if the object does not exist, or is packed. */
    Slot.@Nullable Fields fields;
    /** The content in its stored form, if nobody has asked for it since it was packed. */
    byte @Nullable [] packed;
    /** Whether the store did not have it when it was asked for first, nor since. */
    boolean isNew;
    /** What was drained last, until the store shows it; null if the object did not exist. */
    byte @Nullable [] drained;
    /** How often it was packed since it was changed first. */
    int packings;
    /** Where the journal stood when the object was changed first since the last drain. */
    int touchedAt;
    /** Whether it differs from what was drained last. */
    boolean isDirty;
    /** The generation it was last drained in; 0 if it never was. */
    long drainedIn;
    /** Bytes of the stored form. */
    int storedBytes;

    StoredObject(Table table, ObjectKey key, ByteString stateKey) {
        this.table = table;
        this.key = key;
        this.stateKey = stateKey;
    }

    boolean exists() {
        return fields != null || packed != null;
    }

    Table table() {
        return table;
    }

    ObjectKey key() {
        return key;
    }

    ByteString stateKey() {
        return stateKey;
    }
}
