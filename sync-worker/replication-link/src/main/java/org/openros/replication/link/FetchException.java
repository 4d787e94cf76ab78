// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.jspecify.annotations.Nullable;

/** A checkpoint could not be fetched. */
public final class FetchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a fetch ended without a checkpoint. */
    public enum Reason {
        /** The node was not reached, or sent nothing, for too long. What was fetched stays for the next attempt. */
        UNREACHABLE,
        /** The node does not give a checkpoint: it is not the master of that epoch, or cannot make one. */
        REFUSED,
        /** The disk of this node has no room for it. */
        DISK_FULL,
        /** A file did arrive damaged twice in a row: its checksum is not the announced one. */
        DAMAGED,
        /** What the node sent is not a checkpoint. */
        MALFORMED,
        /** This node's folder cannot be written. */
        IO,
        /** The fetch was closed here. */
        CLOSED
    }

    FetchException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
