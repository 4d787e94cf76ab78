// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.GroupSnapshot.Leader;

/** Following a master, or looking for one. */
final class Follow implements Duty {
    enum Phase {
        /** No connection. */
        AWAY,
        DIALLING,
        /** Hello was sent. */
        GREETED,
        /** The master's welcome is being carried out on the disk. */
        JOINING,
        /** Every flush is acknowledged. */
        IN_STEP,
        /** A checkpoint is fetched and put in place; no connection. */
        FETCHING
    }

    Phase phase = Phase.AWAY;
    @Nullable ConnectionId connection;
    /** Who was dialled. */
    @Nullable Leader master;

    /** What is carried out while joining; its epoch is the master's from then on. */
    Frame.@Nullable Welcome welcome;

    /** Of the newest heartbeat on this connection. */
    long nonce;

    /** Committed, as the master said on this connection; may be ahead of this disk. */
    long masterCommit;

    /** Why a master did not take this node; null if none refused it. */
    @Nullable String refusedBy;

    /** Tickets of the first and the newest append on this connection; 0 if there was none. */
    long firstAppend;

    long newestAppend;

    /** When a frame came last on this connection, or it was dialled. */
    long heardAt;

    /** The master was asked to replace this node. */
    boolean askedOut;

    long dialAt = Long.MIN_VALUE;
    Suspicion suspicion = new Suspicion(null, Long.MIN_VALUE);

    @Override
    public Follow copy() {
        Follow copy = new Follow();
        copy.phase = phase;
        copy.connection = connection;
        copy.master = master;
        copy.welcome = welcome;
        copy.nonce = nonce;
        copy.masterCommit = masterCommit;
        copy.refusedBy = refusedBy;
        copy.askedOut = askedOut;
        copy.firstAppend = firstAppend;
        copy.newestAppend = newestAppend;
        copy.heardAt = heardAt;
        copy.dialAt = dialAt;
        copy.suspicion = suspicion.copy();
        return copy;
    }

    boolean isOn(ConnectionId other) {
        return other.equals(connection);
    }

    /** The master's epoch once it has said so. */
    Epoch epoch() {
        return welcome == null ? Epoch.NONE : welcome.epoch();
    }
}
