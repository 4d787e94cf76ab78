// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.openros.storage.commit.HashedState;

/**
 * The state of one instant, to compute its hash: over family, key and value of all pairs but the one that names the
 * disk.
 */
record StatePicture(StateDatabase.View view) implements HashedState.Picture {
    @Override
    public String sha256() {
        MessageDigest digest = digest();
        byte number = 0;
        for (Family family : Family.values()) {
            digest.update(number++);
            view.scan(family, (key, value) -> {
                if (family != Family.META || !Arrays.equals(key, Keys.CONTENT)) {
                    add(digest, key);
                    add(digest, value);
                }
                return true;
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
