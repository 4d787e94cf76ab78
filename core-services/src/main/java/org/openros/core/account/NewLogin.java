// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Instant;

/**
 * A log-in that is being added.
 *
 * @param id 24 hexadecimal digits, with a {@code p} before them if it was begun while the store was away
 * @param endsAt when its refresh token expires
 */
public record NewLogin(String id, Instant endsAt) {
    private static final String PROVISIONAL = "p";

    /**
     * The id of a log-in that cannot be stored now. Whoever sees a token of it later stores it then: the token proves
     * that it was begun, and the id when.
     */
    public static String provisionalId(Instant now) {
        return PROVISIONAL + HexIds.next(now);
    }

    /** Whether a log-in was begun while the store was away. */
    public static boolean isProvisional(String id) {
        return id.startsWith(PROVISIONAL);
    }

    /** When a provisional log-in was begun, to the second. */
    static Instant begunAt(String id) {
        return HexIds.time(id.substring(PROVISIONAL.length()));
    }
}
