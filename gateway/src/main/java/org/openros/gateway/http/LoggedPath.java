// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.util.regex.Pattern;

/** Paths as they are written to logs: without the parts of them that are secrets, or name people. */
final class LoggedPath {
    /** The token of an offer gives rights to whoever has it; the name of an account is an e-mail address, mostly. */
    private static final Pattern TOLD = Pattern.compile("(?<=^/permissions/offers/|^/auth/users/[^/]{1,100}/)[^/]+");

    private LoggedPath() {}

    static String of(String rawPath) {
        return TOLD.matcher(rawPath).replaceFirst("***");
    }
}
