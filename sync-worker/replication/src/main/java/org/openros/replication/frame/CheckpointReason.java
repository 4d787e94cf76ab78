// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

/** Why a follower has to start from a checkpoint. */
public enum CheckpointReason {
    /** The master's log does not go back far enough any more. Normal after a long absence, and for a new disk. */
    TAIL_RELEASED,
    /** The logs differ below what the follower knows to be committed. Never normal; raises an alarm. */
    DIVERGED,
    /** An operator has abandoned the history that the follower's disk holds. */
    LINEAGE_ABANDONED,
    /** The follower's disk was found damaged. */
    DAMAGED
}
