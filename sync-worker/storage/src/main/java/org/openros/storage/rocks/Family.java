// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.List;

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

    /** Those whose keys start with the number of a realm. */
    static final List<Family> OF_REALMS = List.of(HISTORY, CLIENT, RECIPROCAL, STATE);

    final String label;

    /** The bytes at the beginning of a key that tell the realm. */
    final int realmPrefix;

    Family(String label, int realmPrefix) {
        this.label = label;
        this.realmPrefix = realmPrefix;
    }
}
