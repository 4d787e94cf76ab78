// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.lock.GroupSnapshot.Leader;
import org.openros.replication.operator.Alarm;

/**
 * A follower's side of the stream: dials the master, appends what comes, acknowledges what is flushed (rules 5 to 7).
 */
final class Following {
    private Following() {}

    static void tick(Turn turn, Follow follow) {
        if (follow.connection != null && turn.now - follow.heardAt >= turn.timing().silence().toNanos()) {
            // A stream may be dead without a sign of it.
            hangUp(turn, follow, turn.timing().redial());
        }
        if (turn.state.group != null) {
            leaderSeen(turn, follow);
        }
    }

    /** Follows the one that holds the lock. */
    static void leaderSeen(Turn turn, Follow follow) {
        Leader leader = Suspecting.otherMaster(turn);
        if (leader == null || leader.session() == null) {
            return;
        }
        if (!leader.session().equals(follow.suspicion.session)) {
            follow.suspicion = new Suspicion(leader.session(), turn.now);
            turn.state.gone = null;
        }
        if (follow.master != null && !isSame(follow.master, leader)) {
            hangUp(turn, follow, Duration.ZERO);
        }
        if (follow.phase == Follow.Phase.AWAY && turn.now >= follow.dialAt && mayFollow(turn.state)) {
            dial(turn, follow, leader);
        }
    }

    private static boolean isSame(Leader one, Leader other) {
        return one.node().equals(other.node()) && one.epoch().equals(other.epoch());
    }

    private static boolean mayFollow(State state) {
        return state.refusal == null && state.twin == null && state.record() != null && !state.disk.isNew();
    }

    private static void dial(Turn turn, Follow follow, Leader leader) {
        follow.master = leader;
        if (turn.state.quarantine != null) {
            Joining.takeCheckpoint(turn, follow, leader);
            return;
        }
        ConnectionId connection = turn.newConnection();
        follow.connection = connection;
        follow.heardAt = turn.now;
        follow.phase = Follow.Phase.DIALLING;
        turn.does(new Action.Dial(connection, leader.node(), leader.replication()));
    }

    /** Ends the connection if there is one; a checkpoint under way goes on. */
    static void hangUp(Turn turn, Follow follow, Duration wait) {
        if (follow.connection != null) {
            turn.does(new Action.HangUp(follow.connection));
        }
        away(turn, follow, wait);
    }

    private static void away(Turn turn, Follow follow, Duration wait) {
        follow.connection = null;
        follow.welcome = null;
        follow.nonce = 0;
        follow.masterCommit = 0;
        follow.firstAppend = 0;
        follow.newestAppend = 0;
        follow.askedOut = false;
        if (follow.phase != Follow.Phase.FETCHING) {
            follow.phase = Follow.Phase.AWAY;
            follow.master = null;
            follow.dialAt = turn.now + wait.toNanos();
        }
    }

    static void connected(Turn turn, ConnectionId connection) {
        if (!(turn.state.duty instanceof Follow follow) || !follow.isOn(connection)) {
            turn.does(new Action.HangUp(connection));
            return;
        }
        follow.phase = Follow.Phase.GREETED;
        DiskView disk = turn.state.disk;
        turn.send(connection, new Frame.Hello(disk.group(), disk.lineage(), disk.node(), disk.store(), disk.promised(),
                disk.epochs(), disk.last(), turn.state.commitSeq, turn.settings().formatLevel(), connection));
    }

    static void disconnected(Turn turn, Follow follow, ConnectionId connection, Event.Cause cause) {
        if (!follow.isOn(connection)) {
            return;
        }
        away(turn, follow, turn.timing().redial());
        switch (cause) {
            case REFUSED, RESET -> Suspecting.cut(turn, follow);
            case UNREACHABLE, LOCAL -> { }
        }
    }

    /** A frame came on the connection to the master. */
    static void heard(Turn turn, Follow follow, Frame.FromMaster frame) {
        ConnectionId connection = follow.connection;
        if (connection == null) {
            return;
        }
        follow.heardAt = turn.now;
        follow.suspicion.dispel(turn.now);
        if (turn.isFenced(frame.epoch()) && !(frame instanceof Frame.Refused)) {
            turn.send(connection, new Frame.Fenced(turn.state.disk.promised()));
            return;
        }
        switch (frame) {
            case Frame.Welcome welcome -> Joining.welcomed(turn, follow, connection, welcome);
            case Frame.TakeCheckpoint take -> Joining.told(turn, follow, take);
            case Frame.Entries entries -> entries(turn, follow, entries);
            case Frame.Heartbeat heartbeat -> heartbeat(turn, follow, connection, heartbeat);
            case Frame.Refused refused -> refused(turn, follow, refused);
        }
    }

    private static boolean isInStep(Follow follow, Frame.FromMaster frame) {
        return follow.phase == Follow.Phase.IN_STEP && frame.epoch().equals(follow.epoch());
    }

    private static void entries(Turn turn, Follow follow, Frame.Entries frame) {
        if (isInStep(follow, frame)) {
            follow.masterCommit = Math.max(follow.masterCommit, frame.commitSeq());
            checkEpochs(follow, frame);
            follow.newestAppend = turn.diskOften(new DiskRequest.Append(frame.entries()));
            follow.firstAppend = follow.firstAppend == 0 ? follow.newestAppend : follow.firstAppend;
            commit(turn, follow);
        }
    }

    private static void checkEpochs(Follow follow, Frame.Entries frame) {
        for (LogEntry entry : frame.entries()) {
            Turn.require(entry.position().epoch().compareTo(follow.epoch()) <= 0,
                    "an entry of a later epoch than its master's",
                    follow.epoch(), entry.position());
        }
    }

    private static void heartbeat(Turn turn, Follow follow, ConnectionId connection, Frame.Heartbeat frame) {
        if (isInStep(follow, frame)) {
            follow.nonce = Math.max(follow.nonce, frame.nonce());
            follow.masterCommit = Math.max(follow.masterCommit, frame.commitSeq());
            commit(turn, follow);
            acknowledge(turn, follow, connection);
        }
    }

    /** Says what is on the disk; only what was flushed is known to the machine (rule 7). */
    static void acknowledge(Turn turn, Follow follow, ConnectionId connection) {
        DiskView disk = turn.state.disk;
        Turn.require(disk.promised().equals(follow.epoch()), "an acknowledgement at another epoch than was promised",
                disk.promised(), follow.epoch());
        turn.send(connection, new Frame.Ack(follow.epoch(), disk.last().seq(), disk.store(), connection, follow.nonce));
    }

    /**
     * An answer to one of the requests that are made often: appends of this connection or an earlier one, or applies.
     */
    static void flushed(Turn turn, long ticket, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Follow follow) || follow.phase != Follow.Phase.IN_STEP
                || follow.connection == null) {
            return;
        }
        if (answer instanceof DiskAnswer.Failed failed) {
            Joining.failed(turn, follow, failed);
        } else if (follow.firstAppend > 0 && ticket >= follow.firstAppend && ticket <= follow.newestAppend) {
            turn.clear(Alarm.Kind.DISK_FULL);
            turn.clear(Alarm.Kind.DISK_BROKEN);
            acknowledge(turn, follow, follow.connection);
            commit(turn, follow);
        }
    }

    /** Everything here that the master has committed is committed: the logs are equal up to here. */
    private static void commit(Turn turn, Follow follow) {
        long commit = Math.min(follow.masterCommit, turn.state.disk.last().seq());
        if (commit > turn.state.commitSeq) {
            turn.state.commitSeq = commit;
            turn.diskOften(new DiskRequest.Apply(commit));
        }
    }

    private static void refused(Turn turn, Follow follow, Frame.Refused frame) {
        boolean passing = frame.reason() == RefusalReason.NOT_MASTER;
        if (!passing) {
            follow.refusedBy = frame.reason() + ": " + frame.message();
            turn.raise(Alarm.Kind.REFUSED, follow.refusedBy);
        }
        hangUp(turn, follow, passing ? turn.timing().redial() : turn.timing().refusedRedial());
        if (passing) {
            // The lock service names it as the master, and it says no: a probe tells whether its reign is over.
            Suspecting.cut(turn, follow);
        }
    }

    /** The master takes this node as a follower. */
    static void inStep(Turn turn, Follow follow, ConnectionId connection) {
        follow.phase = Follow.Phase.IN_STEP;
        if (follow.refusedBy != null) {
            follow.refusedBy = null;
            turn.clear(Alarm.Kind.REFUSED);
        }
        turn.clear(Alarm.Kind.QUARANTINED);
        acknowledge(turn, follow, connection);
    }

    /** Why this follower is not in step, or null. */
    static @Nullable String obstacle(State state, Follow follow) {
        if (follow.phase == Follow.Phase.IN_STEP) {
            return null;
        }
        if (follow.refusedBy != null) {
            return "the master refused this node: " + follow.refusedBy;
        }
        return switch (follow.phase) {
            case AWAY, DIALLING -> "no connection to a master";
            case GREETED, JOINING -> "joins the master";
            case FETCHING -> "fetches a checkpoint";
            case IN_STEP -> null;
        };
    }
}
