// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import org.jspecify.annotations.Nullable;
import org.openros.core.account.User;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;

/**
 * Who a pair of tokens speaks for.
 *
 * @param userId the user
 * @param loginId the log-in
 * @param deviceId the device, new with each log-in
 * @param customData what the app learns from access tokens: a JSON object, or null
 */
public record UserSession(AppId app, String userId, String loginId, String deviceId, @Nullable String customData) {
    /** The session that a token belongs to. */
    public static UserSession of(UserToken token, @Nullable User user) {
        return new UserSession(
                token.app(),
                token.userId(),
                token.loginId(),
                token.deviceId(),
                user == null ? null : user.customData());
    }
}
