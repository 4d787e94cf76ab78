// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/** Identifiers of 24 hexadecimal digits, as the SDKs expect them of users, devices and log-ins. */
public final class HexIds {
    private static final int BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private HexIds() {}

    /** A new identifier: four bytes of time, so that they sort, and eight random ones. */
    public static String next(Instant now) {
        ByteBuffer id = ByteBuffer.allocate(BYTES).putInt((int) now.getEpochSecond()).putLong(RANDOM.nextLong());
        return HexFormat.of().formatHex(id.array());
    }

    /** When an identifier was made, to the second. */
    static Instant time(String id) {
        return Instant.ofEpochSecond(HexFormat.fromHexDigits(id, 0, 2 * Integer.BYTES) & 0xFFFFFFFFL);
    }

    /** The same identifier for the same name, always. */
    public static String ofName(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
