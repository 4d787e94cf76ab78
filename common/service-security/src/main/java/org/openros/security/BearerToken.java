// SPDX-License-Identifier: Apache-2.0
package org.openros.security;

import org.jspecify.annotations.Nullable;

/** Reads {@code Authorization: Bearer} (RFC 6750, section 2.1). */
public final class BearerToken {
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** The token of the header, or null if there is none. */
    public static @Nullable String of(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        String token = header.substring(SCHEME.length()).strip();
        return token.isEmpty() ? null : token;
    }
}
