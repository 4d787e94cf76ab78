// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** What kind of objects a class has (changeset format, section 1.8). In the order of their numbers on the wire. */
public enum TableKind {
    TOP_LEVEL(0),
    EMBEDDED(1),
    ASYMMETRIC(2);

    private final int code;

    TableKind(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
