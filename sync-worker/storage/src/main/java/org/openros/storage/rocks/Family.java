// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

/** The column families. Keys of all but the first start with the realm's number. */
enum Family {
    /** Store, applied position, realm numbers and heads. */
    META("default", Keys.REALM + 1),
    /** Server version to history entry. */
    HISTORY("history", Keys.REALM),
    /** File identifier to client file. */
    CLIENT("client", Keys.REALM),
    /** File identifier and server version to reciprocal form. */
    RECIPROCAL("reciprocal", Keys.REALM),
    /** The writer's key to its value. */
    STATE("state", Keys.REALM);

    final String label;

    /** The bytes at the beginning of a key that tell the realm. */
    final int realmPrefix;

    Family(String label, int realmPrefix) {
        this.label = label;
        this.realmPrefix = realmPrefix;
    }
}
