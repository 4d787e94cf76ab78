// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

/** What a node is in its group (group protocol, "Words"). */
public enum Role {
    /** Has not seen the group's record yet, or waits for the group's first start. */
    STARTING,
    /** Takes no part, for a reason that an operator has to remove. */
    REFUSED,
    /** Is not in step with a master: looks for one, or catches up. */
    JOINING,
    /** In step, and not a member: acknowledges, and is not counted. */
    SPARE,
    /** In step, and a member: every commit has its acknowledgement. */
    BACKUP,
    /** Asks for the lock, or has it and does not serve yet. */
    PROMOTING,
    /** Holds the lock at its epoch and serves. */
    MASTER,
    /** Ends its reign. */
    LEAVING,
    /**
     * Holds something that differs from what was committed: replaces it by a checkpoint, and cannot be promoted before.
     */
    QUARANTINED
}
