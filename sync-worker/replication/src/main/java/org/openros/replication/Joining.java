// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.GroupSnapshot.Leader;
import org.openros.replication.operator.Alarm;

/**
 * Catch-up and rejoin on the follower's side: check the common prefix, promise the epoch, cut, acknowledge; or take a
 * checkpoint. What was committed is never cut in the ordinary way: a master that wants that, or a hash that differs,
 * puts the disk in quarantine.
 */
final class Joining {
    private Joining() {}

    static void welcomed(Turn turn, Follow follow, ConnectionId connection, Frame.Welcome welcome) {
        State state = turn.state;
        if (follow.phase != Follow.Phase.GREETED) {
            return;
        }
        if (!welcome.lineage().equals(state.disk.lineage())) {
            unable(turn, follow, "the master has another history than this disk: " + welcome.lineage());
        } else if (welcome.commonPrefix().seq() < state.commitSeq) {
            quarantine(turn, follow,
                    "the master would cut entry " + (welcome.commonPrefix().seq() + 1) + ", and everything up to "
                    + state.commitSeq + " was committed");
        } else {
            follow.phase = Follow.Phase.JOINING;
            follow.welcome = welcome;
            turn.disk(new DiskRequest.Locate(welcome.commonPrefix().seq()), new Errand.CheckPrefix(connection));
        }
    }

    static void checked(Turn turn, Errand.CheckPrefix check, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Follow follow) || !follow.isOn(check.connection()) || follow.welcome == null) {
            return;
        }
        Frame.Welcome welcome = follow.welcome;
        switch (answer) {
            case DiskAnswer.Located located -> {
                Position own = located.position();
                if (own == null) {
                    checkpoint(turn, follow);
                } else if (own.equals(welcome.commonPrefix())) {
                    turn.disk(new DiskRequest.Promise(welcome.epoch()), new Errand.PromiseMaster(check.connection()));
                } else {
                    quarantine(turn, follow, "entry " + own.seq() + " differs from the master's: " + own + ", "
                            + welcome.commonPrefix());
                }
            }
            case DiskAnswer.Failed failed -> failed(turn, follow, failed);
            case DiskAnswer.Done done -> throw new IllegalStateException("not an answer to a look-up: " + done);
        }
    }

    static void promised(Turn turn, Errand.PromiseMaster promise, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Follow follow) || !follow.isOn(promise.connection())
                || follow.welcome == null) {
            return;
        }
        if (answer instanceof DiskAnswer.Failed failed) {
            failed(turn, follow, failed);
        } else if (!turn.state.disk.promised().equals(follow.epoch())) {
            unable(turn, follow, "a later epoch was promised meanwhile: " + turn.state.disk.promised());
        } else {
            turn.disk(new DiskRequest.Cut(follow.welcome.commonPrefix().seq()),
                    new Errand.CutTail(promise.connection()));
        }
    }

    static void cut(Turn turn, Errand.CutTail cut, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Follow follow) || !follow.isOn(cut.connection()) || follow.welcome == null) {
            return;
        }
        if (answer instanceof DiskAnswer.Failed failed) {
            failed(turn, follow, failed);
            return;
        }
        Turn.require(turn.state.disk.last().equals(follow.welcome.commonPrefix()),
                "the cut left another log than the master's",
                follow.welcome.commonPrefix(), turn.state.disk.last());
        follow.masterCommit = follow.welcome.commitSeq();
        Following.inStep(turn, follow, cut.connection());
    }

    static void told(Turn turn, Follow follow, Frame.TakeCheckpoint take) {
        if (follow.phase != Follow.Phase.GREETED) {
            return;
        }
        if (take.why() == CheckpointReason.DIVERGED) {
            quarantine(turn, follow,
                    "the master's log has nothing of what this disk knows to be committed, from some entry"
                    + " at or below " + turn.state.commitSeq + " on");
        } else {
            checkpoint(turn, follow);
        }
    }

    /** Something that must never happen was seen: the disk is not trusted any more. */
    static void quarantine(Turn turn, Follow follow, String why) {
        turn.state.quarantine = why;
        turn.raise(Alarm.Kind.QUARANTINED,
                why + "; this disk is replaced by a checkpoint: keep a copy of ros.worker.data"
                + " if you want to know how it came to that, and look for failures of the disk");
        checkpoint(turn, follow);
    }

    private static void checkpoint(Turn turn, Follow follow) {
        Leader master = follow.master;
        Following.hangUp(turn, follow, Duration.ZERO);
        if (master != null) {
            takeCheckpoint(turn, follow, master);
        }
    }

    static void takeCheckpoint(Turn turn, Follow follow, Leader master) {
        follow.phase = Follow.Phase.FETCHING;
        follow.master = master;
        turn.disk(new DiskRequest.TakeCheckpoint(master.node(), master.replication(), master.epoch()),
                new Errand.TakeCheckpoint());
    }

    static void replaced(Turn turn, DiskAnswer answer) {
        boolean failed = answer instanceof DiskAnswer.Failed;
        if (answer instanceof DiskAnswer.Failed failure) {
            turn.raise(Alarm.Kind.CHECKPOINT_FAILED, "a checkpoint could not be taken: " + failure.message());
        } else {
            turn.state.quarantine = null;
            turn.clear(Alarm.Kind.CHECKPOINT_FAILED);
            turn.clear(Alarm.Kind.QUARANTINED);
        }
        if (turn.state.duty instanceof Follow follow) {
            follow.phase = Follow.Phase.AWAY;
            follow.master = null;
            follow.dialAt = failed ? turn.now + turn.timing().retryEvery().toNanos() : turn.now;
            Watching.review(turn);
        }
    }

    private static void unable(Turn turn, Follow follow, String why) {
        if (follow.connection != null) {
            turn.send(follow.connection, new Frame.Unable(why));
        }
        Following.hangUp(turn, follow, turn.timing().refusedRedial());
    }

    /** The disk did not do what it was told to. */
    static void failed(Turn turn, Follow follow, DiskAnswer.Failed failed) {
        switch (failed.trouble()) {
            case FULL -> {
                turn.raise(Alarm.Kind.DISK_FULL, "the disk is full, make room: " + failed.message());
                if (follow.connection != null) {
                    turn.send(follow.connection, new Frame.SwapMeOut("its disk is full"));
                }
                unable(turn, follow, failed.message());
            }
            case DAMAGED -> quarantine(turn, follow, failed.message());
            case REJECTED, NOT_FETCHED -> unable(turn, follow, failed.message());
            case BROKEN -> {
                turn.raise(Alarm.Kind.DISK_BROKEN, "the disk does not work: " + failed.message());
                unable(turn, follow, failed.message());
            }
        }
    }
}
