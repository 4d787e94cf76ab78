// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;

/**
 * A message on the stream between a follower, which dials, and a master. Frames of one connection and direction arrive
 * in the order in which they were sent, or not at all.
 */
public sealed interface Frame {
    /** What a follower says. */
    sealed interface FromFollower extends Frame {}

    /** What a master says. A follower answers a frame whose epoch is below its promise with {@link Fenced} (rule 5). */
    sealed interface FromMaster extends Frame {
        /** The reign in which it was said. */
        Epoch epoch();
    }

    /**
     * The first frame of a connection: who follows, and what its log holds.
     *
     * @param lineage null if the disk is new
     * @param promised the follower accepts no frame of a lower epoch
     * @param epochs which epoch wrote what in its log
     * @param last its newest durable entry
     * @param commitSeq it knows that everything up to there is committed
     * @param formatLevel newest level of log entries that it can read
     */
    record Hello(
            GroupId group,
            @Nullable Lineage lineage,
            NodeId node,
            StoreId store,
            Epoch promised,
            EpochTable epochs,
            Position last,
            long commitSeq,
            int formatLevel,
            ConnectionId connection)
            implements FromFollower {}

    /**
     * Everything up to a number is fsynced on the follower's disk, and equal to the master's log (rules 6 and 7).
     *
     * @param epoch of the master, which the follower has promised
     * @param nonce of the newest heartbeat that was seen on this connection, 0 before the first
     */
    record Ack(Epoch epoch, long seq, StoreId store, ConnectionId connection, long nonce) implements FromFollower {}

    /** Says that a frame came from a master whose time is over (rule 5). */
    record Fenced(Epoch promised) implements FromFollower {}

    /** Asks to be replaced as a member: the node is about to restart, or its disk is full. */
    record SwapMeOut(String reason) implements FromFollower {}

    /**
     * The follower cannot follow from here, and hangs up: its disk fails, or what it holds differs from what it was
     * told.
     */
    record Unable(String reason) implements FromFollower {}

    /**
     * Answers a {@link Hello}: the follower checks its own hash at the prefix, promises the epoch, cuts behind the
     * prefix and acknowledges it. Entries follow only then.
     *
     * @param commonPrefix the newest entry that both logs have
     * @param commitSeq committed so far
     */
    record Welcome(Epoch epoch, Lineage lineage, Position commonPrefix, long commitSeq) implements FromMaster {}

    /** Answers a {@link Hello} when no tail would do: the follower fetches a checkpoint and dials again. */
    record TakeCheckpoint(Epoch epoch, CheckpointReason why) implements FromMaster {}

    /**
     * Entries that continue what was sent before on this connection.
     *
     * @param entries at least one; they may not be fsynced on the master yet
     * @param commitSeq committed so far; may be below or above the entries
     */
    record Entries(Epoch epoch, List<LogEntry> entries, long commitSeq) implements FromMaster {}

    /**
     * Shows that the master is there. A follower that is in step answers with an {@link Ack} with the nonce.
     *
     * @param nonce rises
     */
    record Heartbeat(Epoch epoch, long commitSeq, long nonce) implements FromMaster {}

    /**
     * Answers a {@link Hello} that is not accepted. The connection ends with it.
     *
     * @param epoch of the master, or what the node has promised if it is none
     * @param message names cause and remedy, for the follower's operator
     */
    record Refused(Epoch epoch, RefusalReason reason, String message) implements FromMaster {}
}
