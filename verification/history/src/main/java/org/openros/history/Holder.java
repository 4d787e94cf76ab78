// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import java.util.Locale;

/**
 * Who has a state at the end of a history.
 *
 * @param kind node or client
 * @param name its name
 */
public record Holder(Kind kind, String name) {
    /** Whose states are comparable. */
    public enum Kind {
        /** A node of the group. */
        NODE,
        /** A client. */
        CLIENT
    }

    /** A node of the group. */
    public static Holder node(String name) {
        return new Holder(Kind.NODE, name);
    }

    /** A client. */
    public static Holder client(String name) {
        return new Holder(Kind.CLIENT, name);
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }
}
