// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Names the content of an object: equal for equal content. */
final class Etag {
    private static final int BYTES = 16;

    private Etag() {}

    /** With the quotes that the header has. */
    static String of(JsonNode object) {
        byte[] hash = sha256(object.toString().getBytes(StandardCharsets.UTF_8));
        return '"' + HexFormat.of().formatHex(hash, 0, BYTES) + '"';
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
