// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.openros.domain.FileIdent;

/** One effect of a write set on one realm. */
public sealed interface Write {
    /** Appends a history entry; its version is the head's plus one. */
    record PutEntry(HistoryEntry entry) implements Write {}

    /** Allocates or changes a client file. */
    record PutClientFile(ClientFile file) implements Write {}

    /**
     * Stores a reciprocal form.
     *
     * @param changeset encoded; empty if no instruction is left
     */
    record PutReciprocal(FileIdent client, long serverVersion, byte[] changeset) implements Write {}

    /**
     * Drops the reciprocal forms of a client.
     *
     * @param through the last server version to drop, inclusive
     */
    record TrimReciprocal(FileIdent client, long through) implements Write {}

    /** Stores a piece of object state; the key is up to the writer. */
    record PutState(byte[] key, byte[] value) implements Write {}

    /** Removes a piece of object state. */
    record DeleteState(byte[] key) implements Write {}

    /** Removes all object state whose key starts with the prefix. */
    record DeleteStatePrefix(byte[] prefix) implements Write {}

    /**
     * Removes the realm with everything in it, as if nothing had ever been written to it. Stands first in its write
     * set: what follows makes a new realm. Costs the same whatever the size of the realm.
     */
    record EraseRealm() implements Write {}
}
