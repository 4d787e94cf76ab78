// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The disk, or what is on it, does not allow to go on. The message says what to do. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why storage failed. */
    public enum Reason {
        /** No room left. Normal on a full disk: free some space, commits go on by themselves. */
        DISK_FULL,
        /** The folder cannot be created, read or written: check owner and permissions. */
        NOT_ACCESSIBLE,
        /** Another process has the folder open: stop it or choose another folder. */
        IN_USE,
        /** Bytes on disk are not what was written: restore a backup or let the node join anew. */
        CORRUPT,
        /** The folder belongs to another group or node: give each node the folder that is its own. */
        FOREIGN,
        /** The folder was written by a newer or unknown release. */
        UNKNOWN_FORMAT,
        /** Input or output failed in another way. Writing stops until the storage is opened anew; readers go on. */
        IO,
        /** The write set does not continue what is there: a bug of its writer. Only this realm's commits fail. */
        REJECTED,
        /** The storage has been closed. */
        CLOSED,
        /**
         * This node is not the master of its group, or no longer: another one carries out the commit, or this one
         * later.
         */
        NOT_MASTER
    }

    /** A failure with the message for the operator and what caused it. */
    public StorageException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why storage failed. */
    public Reason reason() {
        return reason;
    }

    /** What happened and what to do, for the operator. */
    @Override
    public String getMessage() {
        return Objects.requireNonNullElse(super.getMessage(), reason.name());
    }
}
