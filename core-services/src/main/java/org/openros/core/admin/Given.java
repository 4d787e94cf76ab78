// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.AccessLevel;
import org.openros.core.problem.Problem;

/** Checks what stands in requests; what is missing or wrong ends in an error reply. */
final class Given {
    private Given() {}

    /** The body, which must be there. */
    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw Problem.missing("body");
        }
        return body;
    }

    /** A text that must be there, and not be empty. */
    static String text(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw Problem.missing(name);
        }
        return value;
    }

    /** A level of access that must be there, and not be none. */
    static AccessLevel level(String name, @Nullable String value) {
        String text = text(name, value);
        for (AccessLevel level : AccessLevel.values()) {
            if (level != AccessLevel.NONE && level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return level;
            }
        }
        throw Problem.invalid(name, "is one of read, write, admin");
    }
}
