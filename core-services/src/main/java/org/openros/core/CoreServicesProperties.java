// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of core services.
 *
 * <pre>
 * ros:
 *   apps: [inventory-abcde]
 *   internal:
 *     secret: ...
 *   auth:
 *     signing-keys: /var/lib/ros/keys/signing-keys.json
 *     access-token-lifetime: 30m
 *     refresh-token-lifetime: 60d
 *     login-max-lifetime: 365d
 *     realm-token-lifetime: 5m
 *     password-hashing:
 *       parallel: 2
 *       queue: 64
 *       patience: 5s
 *   functions:
 *     builtin: true
 * </pre>
 *
 * @param apps ids of the apps that are served; empty (the default) means any
 * @param internal what the applications of one installation share
 * @param auth tokens and passwords
 * @param functions what apps can call
 */
@ConfigurationProperties("ros")
public record CoreServicesProperties(
        @DefaultValue List<AppId> apps,
        @DefaultValue Internal internal,
        @DefaultValue Auth auth,
        @DefaultValue Functions functions) {
    /**
     * What the applications of one installation share.
     *
     * @param secret 32 bytes of text or more; the same in all applications
     */
    public record Internal(@Nullable String secret) {
        @Override
        public String toString() {
            return "Internal[secret=***]";
        }
    }

    /**
     * Tokens and passwords.
     *
     * @param signingKeys file with a JWK set; made on first start if it is missing, its folder must exist
     * @param accessTokenLifetime default 30 minutes
     * @param refreshTokenLifetime how long a log-in lives without being used; each use begins it anew; default 60 days
     * @param loginMaxLifetime how long a log-in lives at most; default 365 days
     * @param realmTokenLifetime for opening one session; default 5 minutes
     * @param passwordHashing bounds of the costly work
     */
    public record Auth(
            @Nullable Path signingKeys,
            @DefaultValue("30m") Duration accessTokenLifetime,
            @DefaultValue("60d") Duration refreshTokenLifetime,
            @DefaultValue("365d") Duration loginMaxLifetime,
            @DefaultValue("5m") Duration realmTokenLifetime,
            @DefaultValue PasswordHashing passwordHashing) {
        /** Refuses lives below one second: tokens carry whole seconds. */
        public Auth {
            requireSeconds(accessTokenLifetime, "ros.auth.access-token-lifetime");
            requireSeconds(refreshTokenLifetime, "ros.auth.refresh-token-lifetime");
            requireSeconds(loginMaxLifetime, "ros.auth.login-max-lifetime");
            requireSeconds(realmTokenLifetime, "ros.auth.realm-token-lifetime");
        }

        private static void requireSeconds(Duration lifetime, String key) {
            if (lifetime.toSeconds() < 1) {
                throw new IllegalArgumentException(key + " must be one second or more");
            }
        }
    }

    /**
     * Bounds of password hashing. One hash takes 19 MiB of memory and some ten milliseconds of one core.
     *
     * @param parallel how many hashes run at a time; default 2
     * @param queue how many requests wait for their turn; more are answered 503; default 64
     * @param patience how long one waits; then it is answered 503; default 5 seconds
     */
    public record PasswordHashing(
            @DefaultValue("2") int parallel, @DefaultValue("64") int queue, @DefaultValue("5s") Duration patience) {
        /** Refuses numbers with which nobody could log in. */
        public PasswordHashing {
            if (parallel < 1 || queue < 0 || patience.isNegative()) {
                throw new IllegalArgumentException(
                        "ros.auth.password-hashing: parallel >= 1, queue >= 0, patience >= 0");
            }
        }
    }

    /**
     * What apps can call.
     *
     * @param builtin whether {@code sum}, {@code echo} and {@code whoami} are there, to try calls with; default true
     */
    public record Functions(@DefaultValue("true") boolean builtin) {}
}
