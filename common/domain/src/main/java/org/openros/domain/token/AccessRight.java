// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import java.util.Locale;

/** What a user may do with a realm. */
public enum AccessRight {
    /** Download changes. */
    READ,

    /** Upload changes. */
    WRITE,

    /** Change the rights of others. */
    MANAGE;

    /** The name inside a token: lower case. */
    String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AccessRight ofClaim(String claim) {
        for (AccessRight right : values()) {
            if (right.claim().equals(claim)) {
                return right;
            }
        }
        throw new IllegalArgumentException("not an access right");
    }
}
