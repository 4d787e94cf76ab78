// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.util.Locale;

/** A property of a class besides its primary key {@code _id}. */
record Column(String name, Type type, boolean nullable, boolean dictionary) {
    /** The types in use. */
    enum Type {
        STRING,
        BOOL,
        INT,
        TIMESTAMP;

        /** The name in the JSON notation of instructions. */
        String notation() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Column required(String name, Type type) {
        return new Column(name, type, false, false);
    }

    static Column optional(String name, Type type) {
        return new Column(name, type, true, false);
    }

    static Column dictionary(String name, Type type) {
        return new Column(name, type, false, true);
    }
}
