// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

/** Why a node is not taken as a follower, or refuses to take part itself. */
public enum RefusalReason {
    /** The node that was dialled is not master. Normal around a failover; the follower looks for the master again. */
    NOT_MASTER,
    /** The disk or the dialler belongs to another group. Check {@code ros.worker.group} and {@code ros.worker.data}. */
    WRONG_GROUP,
    /** The disk was written by a node of another name. Check {@code ros.worker.node} and {@code ros.worker.data}. */
    WRONG_NODE,
    /** The node is not among the configured nodes. Check {@code ros.worker.nodes}. */
    UNKNOWN_NODE,
    /** The lock service's prefix is used by another cluster. Check {@code ros.consul.prefix}. */
    OTHER_CLUSTER,
    /**
     * The disk holds another history than the group. Check {@code ros.worker.data}, or give the node an empty folder.
     */
    WRONG_LINEAGE,
    /** Another live process has the same node name. Check {@code ros.worker.node}. */
    DUPLICATE_NODE,
    /** Two nodes have the same store id: a data folder was copied. Give one of them an empty folder. */
    CLONED_DISK,
    /** The disk has data but the lock service has no record: it was wiped. See {@code ros group reseed-record}. */
    RECORD_MISSING,
    /**
     * The disk has promised an epoch above the record's, a later record was seen, or another node knows more to be
     * committed than this member has: the lock service went back. See {@code ros group reseed-record}.
     */
    RECORD_OLD,
    /** The node is too old to read the group's log. Upgrade it. */
    FORMAT_TOO_OLD
}
