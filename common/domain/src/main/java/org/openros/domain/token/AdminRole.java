// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import org.jspecify.annotations.Nullable;

/** What the holder of an administrator's token may do (admin API, section 16). */
public enum AdminRole {
    /** Everything. */
    ADMIN(TokenClaims.ADMIN),

    /** Groups, jobs, sessions, the state of the system; no users, no realms. */
    OPERATOR("operator"),

    /** Reads all but the names that people log in with. */
    AUDITOR("auditor");

    private final String text;

    AdminRole(String text) {
        this.text = text;
    }

    /** The name in requests and tokens. */
    public String text() {
        return text;
    }

    /** The role of a name; null if there is none. */
    public static @Nullable AdminRole named(@Nullable Object name) {
        for (AdminRole role : values()) {
            if (role.text.equals(name)) {
                return role;
            }
        }
        return null;
    }
}
