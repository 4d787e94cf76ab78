// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

/** Ways in which the world around the machine is built wrong on purpose, to show that the checkers would tell. */
public enum Mutation {
    /** A promise is answered and does not reach the disk (rule 6). */
    PROMISE_IS_NOT_KEPT,
    /** A follower's append is answered before its flush (rule 7). */
    ACKNOWLEDGED_BEFORE_FSYNC,
    /** A follower acknowledges to a master whose time is over (rule 5). */
    FENCING_IS_IGNORED,
    /** What the master has flushed is committed (rule 8). */
    REQUIRED_SET_IS_IGNORED,
    /** What a backup acknowledges is committed, though the master has not flushed it. */
    MASTER_DOES_NOT_WAIT_FOR_ITS_OWN_DISK,
    /** What is written is shown to clients (rule 13). */
    UNCOMMITTED_IS_SHOWN,
    /** A change that comes again is integrated again (invariant I5). */
    DUPLICATES_ARE_INTEGRATED,
    /** A version is sent with a new salt each time (invariant I4). */
    SALT_IS_MADE_UP,
    /** A wiped disk keeps its store id (rule 11). */
    WIPED_DISK_KEEPS_ITS_NAME,
    /** Clients are told to reset without a word from a member (rule 15). */
    LEADERSHIP_IS_NOT_CONFIRMED,
    /** The lock and the record's index are not looked at (rule 2). */
    LOCK_SERVICE_COMPARES_NOTHING,
    /** A new master serves 15 s late (invariant I10). */
    SERVES_LATE
}
