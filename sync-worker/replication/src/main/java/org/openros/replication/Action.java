// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.net.URI;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.OrderAnswer;

/**
 * Something that the driver has to do. The actions of one step, and of one step after the other, are begun in order.
 * {@link Ask}, {@link Disk}, {@link Probe} and {@link Dial} are answered by an event later; all others are quick and
 * done when the next step begins. A ticket is used once in the life of a process.
 */
public sealed interface Action {
    /** To the lock service; answered by {@link Event.LockAnswered}. Requests do not wait for each other. */
    record Ask(long ticket, LockRequest request) implements Action {}

    /** To the disk; answered by {@link Event.DiskAnswered}. Requests are done one after the other. */
    record Disk(long ticket, DiskRequest request) implements Action {}

    /**
     * Calls another node directly, on a new connection, with a timeout of 1 s; answered by {@link Event.ProbeAnswered}.
     *
     * @param about the node of which the other one shall say how it sees it
     */
    record Probe(long ticket, URI at, NodeId about) implements Action {}

    /** Opens a stream to a master; answered by {@link Event.Connected} or {@link Event.Disconnected} within 1 s. */
    record Dial(ConnectionId connection, NodeId node, URI at) implements Action {}

    /** Ends a connection; frames that were not sent yet may be lost. Fine if it is gone. */
    record HangUp(ConnectionId connection) implements Action {}

    /** Sends a frame, behind those that were sent before; dropped if the connection is gone. Must not block. */
    record Send(ConnectionId connection, Frame frame) implements Action {}

    /**
     * Sends all entries behind a number, those that exist and those to come, as {@link Frame.Entries} of this epoch
     * with the commit point of the moment, until {@link StopStream} or the connection ends. Entries are sent once they
     * are written, not only when they are flushed.
     */
    record StreamFrom(ConnectionId connection, Epoch epoch, long afterSeq) implements Action {}

    /** No more entries on this connection; heartbeats go on. */
    record StopStream(ConnectionId connection) implements Action {}

    /** The reign is established: take uploads, reads, transactions. */
    record Serve(Epoch epoch) implements Action {}

    /** Take no more uploads, finish those under way; then {@link Event.Drained}. */
    record Drain(Epoch epoch) implements Action {}

    /**
     * Serve nobody any more: sessions end with "try again", background work stops (group protocol, "Lease"). Nothing is
     * acknowledged after this. Comes before {@link DiskRequest.EndLead} of the reign; fine if nothing is served.
     */
    record StopServing(Epoch epoch, String why) implements Action {}

    /** Everything up to there is committed (rule 8): wake who waits at the gate. Rises within an epoch. */
    record CommitTo(Epoch epoch, long seq) implements Action {}

    /** Members need the log behind there (rule 16): {@code NodeStore.retainBehind}. */
    record Retain(long afterSeq) implements Action {}

    /** Stands until it is cleared, or raised again with another message. */
    record RaiseAlarm(Alarm alarm) implements Action {}

    /** The alarm does not stand any more. */
    record ClearAlarm(Alarm.Kind kind) implements Action {}

    /** Answers {@link Event.LeadershipAsked}: false means "say later, not an error that resets". */
    record Confirm(long ticket, boolean confirmed) implements Action {}

    /** Answers {@link Event.Ordered}, once for each; it may take seconds. */
    record AnswerOrder(long ticket, OrderAnswer answer) implements Action {}
}
