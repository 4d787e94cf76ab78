// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.NodeReport;

/** Why a request was made, kept until its answer comes. */
sealed interface Errand {
    /** Of the lease. */
    record OpenSession(long sentAt) implements Errand {}

    record Renew(String session, long sentAt) implements Errand {}

    record Announce(NodeReport report) implements Errand {}

    /** A session of this node that it has given up, or of a former process of this node. */
    record Bury(String session) implements Errand {}

    /**
     * A consistent read.
     *
     * @param promised by this node's disk when it was asked
     * @param recordIndex known when it was asked; -1 if nothing was
     */
    record Read(Epoch promised, long recordIndex, long sentAt) implements Errand {}

    record CreateRecord() implements Errand {}

    record Adopt() implements Errand {}

    /** Of a takeover. */
    record EndSession(String session, NodeId master) implements Errand {}

    record Promote(GroupRecord record) implements Errand {}

    /** Of a reign. */
    record Promise(Epoch epoch) implements Errand {}

    record Lead(Epoch epoch) implements Errand {}

    record ChangeMembers(GroupRecord proposal) implements Errand {}

    record PublishStatus() implements Errand {}

    /** Looks up the entry that a follower's log and this one have in common. */
    record LocatePrefix(ConnectionId connection) implements Errand {}

    /** Of the end of a reign. */
    record EndLead(Epoch epoch) implements Errand {}

    record Unlock(String session) implements Errand {}

    /** Of a follower. */
    record CheckPrefix(ConnectionId connection) implements Errand {}

    record PromiseMaster(ConnectionId connection) implements Errand {}

    record CutTail(ConnectionId connection) implements Errand {}

    record TakeCheckpoint() implements Errand {}

    /** Calls the master that seems to be gone. */
    record ProbeMaster(String session) implements Errand {}

    /** Asks another node how it sees that master. */
    record AskWitness(String session) implements Errand {}

    /** Looks whether a process that has this node's name lives. */
    record ProbeTwin(String session) implements Errand {}

    /** Of operators. */
    record ChangeOrders(long order, String done) implements Errand {}

    record ProbeForReseed(long order, NodeId node) implements Errand {}

    record ReplaceRecord(long order, String done) implements Errand {}
}
