// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.domain.Epoch;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.operator.Order;

/**
 * Something that happened to a node. Every event carries the time at which the driver handed it to the machine:
 * nanoseconds of a monotonic clock of the process, never falling from one event to the next.
 */
public sealed interface Event {
    /** When it was handed over, in nanoseconds of the process's monotonic clock. */
    long now();

    /** Comes every 50 ms; all timers are looked at then. */
    record Tick(long now) implements Event {}

    /** The answer to {@link Action.Ask}; exactly one for each, in any order, at most some 2 s later. */
    record LockAnswered(long now, long ticket, LockAnswer answer) implements Event {}

    /** The watch of the lock service reported; states may be skipped, order is kept. Nothing comes during an outage. */
    record GroupSeen(long now, GroupSnapshot group) implements Event {}

    /** The answer to {@link Action.Disk}, in the order of the requests but for those that say otherwise. */
    record DiskAnswered(long now, long ticket, DiskAnswer answer) implements Event {}

    /** The master's own log was flushed up to there ({@code CommitGate.durable}). On the path of every commit. */
    record Durable(long now, Position through) implements Event {}

    /**
     * The no-op of a reign, and with it all that was inherited, is committed and applied ({@code Leading.established}).
     */
    record Established(long now, Epoch epoch) implements Event {}

    /**
     * The disk failed while this node leads, outside of any {@link Action.Disk}: a batch could not be written or
     * flushed. May come again for every batch that fails.
     */
    record DiskFailed(long now, DiskAnswer.Trouble trouble, String message) implements Event {}

    /** Follows {@link Action.Drain}: no upload is under way any more. */
    record Drained(long now, Epoch epoch) implements Event {}

    /** A connection that this node dialled is open. */
    record Connected(long now, ConnectionId connection) implements Event {}

    /**
     * A connection ended, or could not be opened. Comes once for each {@link Action.Dial} and for each connection that
     * a follower opened with a {@code Hello}, also after {@link Action.HangUp}; no frame of it comes later.
     */
    record Disconnected(long now, ConnectionId connection, Cause cause) implements Event {}

    /** A frame came. */
    record FrameCame(long now, ConnectionId connection, Frame frame) implements Event {}

    /** The answer to {@link Action.Probe}, at most about 1 s later. */
    record ProbeAnswered(long now, long ticket, ProbeOutcome outcome) implements Event {}

    /** An operator, or the end of the process, asks for something; answered by {@link Action.AnswerOrder}. */
    record Ordered(long now, long ticket, Order order) implements Event {}

    /**
     * The watchdog saw the process stand still. The machine sees gaps between events by itself too: this is for pauses
     * of parts of the process.
     */
    record Stalled(long now, long nanos) implements Event {}

    /**
     * Somebody is about to send a client an error that makes it reset (rule 15); answered by {@link Action.Confirm}.
     */
    record LeadershipAsked(long now, long ticket) implements Event {}

    /** Why a connection ended. */
    enum Cause {
        /** Nobody listens at the address. */
        REFUSED,
        /** The other side ended it, or its process is gone. */
        RESET,
        /** No answer in time, no route, no name. */
        UNREACHABLE,
        /** This node hung up. */
        LOCAL
    }
}
