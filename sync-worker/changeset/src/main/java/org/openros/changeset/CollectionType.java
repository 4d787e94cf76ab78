// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** How many values a column holds (changeset format, section 1.8). In the order of their numbers on the wire. */
public enum CollectionType {
    SINGLE(0),
    LIST(1),
    DICTIONARY(2),
    SET(3);

    private final int code;

    CollectionType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
