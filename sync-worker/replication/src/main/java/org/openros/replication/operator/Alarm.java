// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.operator;

/**
 * Something that an operator should know. It stands from when it is raised until it is cleared.
 *
 * @param message cause and remedy
 */
public record Alarm(Kind kind, String message) {
    /** Which alarm; one of each kind stands at a time. */
    public enum Kind {
        /** The node takes no part; the message begins with the reason's name. */
        REFUSED,
        /** The backup is lost and no spare can take its place: uploads wait (policy {@code block}). */
        UPLOADS_BLOCKED,
        /**
         * The record names one member only: a failure of this disk loses acknowledged changes (policy {@code solo}).
         */
        SOLO,
        /** There are two copies in step, and no spare. */
        NO_SPARE,
        /** The node's disk differs from what was committed, or is damaged, and is replaced by a checkpoint. */
        QUARANTINED,
        /** The lock service does not answer. */
        LOCK_SERVICE_UNREACHABLE,
        /** No node with a disk that the record names is there: nobody can be promoted. */
        NO_ELIGIBLE_NODE,
        /** The disk is full. */
        DISK_FULL,
        /** The disk does not work. */
        DISK_BROKEN,
        /** Takeovers are switched off by an operator. */
        PAUSED,
        /** Taking a checkpoint fails again and again. */
        CHECKPOINT_FAILED,
        /** A follower was refused; the message names it and the reason. */
        FOLLOWER_REFUSED
    }
}
