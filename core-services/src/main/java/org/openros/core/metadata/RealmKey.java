// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.openros.domain.RealmPath;

/**
 * The name of a realm within keys of objects. Keys of more than 512 bytes are not kept in their order, so a long path
 * is cut and completed by its hash; {@code #} does not occur in paths.
 */
public final class RealmKey {
    private static final int LONGEST = 400;
    private static final int KEPT = 320;

    private RealmKey() {}

    /** The name: the path itself if it is not too long. */
    public static String of(RealmPath path) {
        String text = path.value();
        return text.length() <= LONGEST ? text : text.substring(0, KEPT) + "#" + hash(text);
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
