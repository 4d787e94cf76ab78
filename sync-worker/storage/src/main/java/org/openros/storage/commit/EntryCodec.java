// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

/**
 * The form of what a log entry says. A write set stands as {@link WriteSetCodec} has it, which never starts with two
 * zero bytes, because no realm has an empty path. Anything else starts with them, and one byte for its kind.
 */
public final class EntryCodec {
    private static final byte NO_OP = 1;
    private static final int CONTROL_BYTES = 3;

    private EntryCodec() {}

    /** The log form of a no-op. */
    public static byte[] noOp() {
        return new byte[] {0, 0, NO_OP};
    }

    /** Whether it changes no realm. */
    public static boolean isControl(byte[] payload) {
        return payload.length == CONTROL_BYTES && payload[0] == 0 && payload[1] == 0;
    }

    /**
     * Reads the log form.
     *
     * @throws StorageException with {@code CORRUPT} if it is not one of this release
     */
    public static EntryContent decode(byte[] payload) {
        if (payload.length < 2 || payload[0] != 0 || payload[1] != 0) {
            return new EntryContent.Change(WriteSetCodec.decode(payload));
        }
        if (payload.length == CONTROL_BYTES && payload[2] == NO_OP) {
            return new EntryContent.NoOp();
        }
        throw new StorageException(Reason.CORRUPT, "a log entry is of a kind that this release does not know", null);
    }
}
