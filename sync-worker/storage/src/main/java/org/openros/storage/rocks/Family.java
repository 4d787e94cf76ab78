// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

/** The column families. Keys of all but the first start with the realm's number. */
enum Family {
    /** Store, applied position, realm numbers and heads. */
    META("default"),
    /** Server version to history entry. */
    HISTORY("history"),
    /** File identifier to client file. */
    CLIENT("client"),
    /** File identifier and server version to reciprocal form. */
    RECIPROCAL("reciprocal"),
    /** The writer's key to its value. */
    STATE("state");

    final String label;

    Family(String label) {
        this.label = label;
    }
}
