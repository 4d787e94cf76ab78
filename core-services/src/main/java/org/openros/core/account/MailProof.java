// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What a mail carries, and a client brings back. Stored is only the digest of the token: 256 random bits need no salt.
 *
 * @param id names the record; no secret
 * @param token the secret
 */
public record MailProof(String id, String token) {
    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");
    private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{64}");

    /** A new proof for the record. */
    static MailProof next(String id) {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return new MailProof(id, HexFormat.of().formatHex(bytes));
    }

    /** Whether it looks like one of ours: nothing but hexadecimal digits, safe to write into a page. */
    public boolean isWellFormed() {
        return ID.matcher(id).matches() && TOKEN.matcher(token).matches();
    }

    String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "MailProof[" + id + "]";
    }
}
