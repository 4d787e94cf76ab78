// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.openros.domain.AppId;

/**
 * The text that a device logs in with. Only its SHA-256 digest is stored. A slow and salted hash such as Argon2 is for
 * passwords, which can be guessed; the 256 random bits of a key cannot, whatever a guess costs. And since the same key
 * always has the same digest, one read finds it.
 *
 * @param text what the owner is shown once; any text at all when it comes from a client
 */
public record ApiKeySecret(String text) {
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new secret: 43 characters that are safe in URLs and shells. */
    public static ApiKeySecret next() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new ApiKeySecret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The way in that this secret opens. */
    IdentityKey identity(AppId app) {
        return new IdentityKey(app, Provider.API_KEY, digest());
    }

    private String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiKeySecret[***]";
    }
}
