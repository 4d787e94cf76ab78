// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Covers one log entry and all before it: the first 16 bytes of SHA-256 over the previous hash, epoch, sequence
 * number and payload. Two logs that agree on it at one position agree on everything up to there (group protocol,
 * positions).
 *
 * @param high first 8 bytes, big-endian
 * @param low the next 8
 */
public record ChainHash(long high, long low) {
    /** Size of the binary form in bytes. */
    public static final int BYTES = 16;

    /** Before the first entry. */
    public static final ChainHash START = new ChainHash(0, 0);

    /** Computes hashes; not thread-safe. */
    public static final class Chain {
        private final MessageDigest digest = sha256();
        private final ByteBuffer header = ByteBuffer.allocate(BYTES + 16);

        /** The hash of an entry that follows the given one. */
        public ChainHash next(ChainHash previous, long epoch, long seq, byte[] payload) {
            header.clear();
            header.putLong(previous.high).putLong(previous.low).putLong(epoch).putLong(seq);
            digest.update(header.array());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(payload));
            return new ChainHash(hash.getLong(), hash.getLong());
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
        }
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
