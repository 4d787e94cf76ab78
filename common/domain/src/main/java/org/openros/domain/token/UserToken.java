// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import java.time.Instant;
import java.util.Locale;
import org.openros.domain.AppId;

/**
 * What a client shows about itself: an access token with each call and connection, or the refresh token with which it
 * gets new access tokens (client HTTP API, section 4.3).
 *
 * @param kind access or refresh
 * @param userId 24 hexadecimal digits
 * @param app the application that the user belongs to
 * @param loginId the log-in that the token stems from; logging out revokes it
 * @param deviceId 24 hexadecimal digits, not all zero
 * @param tokenId unique among all tokens
 * @param issuedAt whole seconds
 * @param expiresAt whole seconds
 */
public record UserToken(
        Kind kind,
        String userId,
        AppId app,
        String loginId,
        String deviceId,
        String tokenId,
        Instant issuedAt,
        Instant expiresAt) {
    /** The two kinds of user tokens. One never stands in for the other. */
    public enum Kind {
        /** Short-lived; proves who calls. */
        ACCESS,

        /** Long-lived; exchanged for access tokens. */
        REFRESH;

        String claim() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
