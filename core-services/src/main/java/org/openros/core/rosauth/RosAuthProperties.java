// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What differs from Realm Object Server at {@code /auth}.
 *
 * <pre>
 * ros:
 *   auth:
 *     compat:
 *       anonymous: false
 *       auto-register: false
 *       require-recent-login: false
 *       revoke-on-password-change: true
 *       access-token-lifetime: 10m
 *       user-token-lifetime: 1h
 *       old-keys: [/etc/openros/old/auth.pub]
 * </pre>
 *
 * @param anonymous whether {@code POST /auth} makes anonymous users; default false
 * @param autoRegister whether a log-in with an unknown name that says nothing of registration registers it; default
 *     false
 * @param requireRecentLogin whether a user who changes the password shows the old one, or a log-in of the last 24
 *     hours; default false
 * @param revokeOnPasswordChange whether all other log-ins of the user end with it; default true
 * @param accessTokenLifetime of tokens for one realm, 1 minute to 1 day; default 10 minutes
 * @param userTokenLifetime of tokens for this interface, 1 minute to 1 day; default 1 hour
 * @param oldKeys files with public keys of a Realm Object Server, whose refresh tokens are accepted; default none
 */
@ConfigurationProperties("ros.auth.compat")
record RosAuthProperties(
        @DefaultValue("false") boolean anonymous,
        @DefaultValue("false") boolean autoRegister,
        @DefaultValue("false") boolean requireRecentLogin,
        @DefaultValue("true") boolean revokeOnPasswordChange,
        @DefaultValue("10m") Duration accessTokenLifetime,
        @DefaultValue("1h") Duration userTokenLifetime,
        @DefaultValue List<Path> oldKeys) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Refuses lives with which clients would ask all the time, or tokens be good for too long. */
    RosAuthProperties {
        oldKeys = List.copyOf(oldKeys);
        requireBounds("access-token-lifetime", accessTokenLifetime);
        requireBounds("user-token-lifetime", userTokenLifetime);
    }

    private static void requireBounds(String name, Duration life) {
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ros.auth.compat." + name + " must be 1 minute to 1 day");
        }
    }
}
