// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;

/** From the transaction to serving, and what a master does as time goes by. */
final class Reigning {
    /** The slowest disk that is worth leading on flushes in that time. */
    private static final long FIRST_FLUSH = Duration.ofSeconds(20).toNanos();

    private Reigning() {}

    static void begin(Turn turn, Reign reign) {
        Turn.require(reign.epoch.compareTo(turn.state.disk.promised()) > 0,
                "a promotion has to raise the epoch (rule 4)",
                turn.state.disk.promised(), reign.epoch);
        turn.disk(new DiskRequest.Promise(reign.epoch), new Errand.Promise(reign.epoch));
    }

    static void promised(Turn turn, Errand.Promise promise, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Reign reign) || !reign.epoch.equals(promise.epoch())) {
            return;
        }
        if (answer instanceof DiskAnswer.Failed failed) {
            diskFailed(turn, reign, failed);
            return;
        }
        Turn.require(turn.state.disk.promised().equals(reign.epoch), "the disk promised another epoch", reign.epoch,
                turn.state.disk.promised());
        reign.phase = Reign.Phase.OPENING;
        turn.disk(new DiskRequest.Lead(reign.epoch), new Errand.Lead(reign.epoch));
    }

    static void opened(Turn turn, Errand.Lead lead, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Reign reign) || !reign.epoch.equals(lead.epoch())) {
            return;
        }
        if (answer instanceof DiskAnswer.Failed failed) {
            diskFailed(turn, reign, failed);
            return;
        }
        reign.inherited = turn.state.disk.last();
        reign.epochs = turn.state.disk.epochs().with(reign.epoch, reign.inherited.seq() + 1);
        reign.durable = Math.max(reign.durable, reign.inherited.seq());
        reign.retained = turn.state.commitSeq;
        reign.phase = Reign.Phase.ESTABLISHING;
        reign.openedAt = turn.now;
        for (Member member : reign.membership.required()) {
            if (!turn.isMe(member.node())) {
                boolean gone = member.node().equals(reign.gone);
                long grace = gone ? 0 : turn.timing().backupGrace().toNanos();
                reign.absent.put(member.node(), new Reign.Absence(turn.now, turn.now + grace));
            }
        }
        List.copyOf(reign.followers.values()).forEach(follower -> Welcoming.welcome(turn, reign, follower));
        Committing.advance(turn, reign);
    }

    private static void diskFailed(Turn turn, Reign reign, DiskAnswer.Failed failed) {
        end(turn, reign, "the disk cannot begin a reign: " + failed.message());
    }

    /** Gives up because of the disk, and leaves the lock to others for a while. */
    private static void end(Turn turn, Reign reign, String why) {
        turn.raise(Alarm.Kind.DISK_BROKEN, why);
        turn.state.candidateAt = turn.now + turn.timing().refusedRedial().toNanos();
        Leaving.begin(turn, reign, false, why);
    }

    /**
     * The disk failed while the node led: without room it hands over if it can, and it does not lead on a broken one.
     */
    static void diskFailed(Turn turn, DiskAnswer.Trouble trouble, String message) {
        if (!(turn.state.duty instanceof Reign reign)) {
            return;
        }
        switch (trouble) {
            case FULL -> {
                turn.raise(Alarm.Kind.DISK_FULL, "the disk is full, make room: " + message);
                boolean mayHandOver = reign.phase == Reign.Phase.SERVING && turn.now >= turn.state.handOverAt;
                if (mayHandOver && Leaving.hasSuccessor(turn, reign)) {
                    // Another disk may have room; if none has, the lock does not wander around.
                    turn.state.handOverAt = turn.now + turn.timing().slowSwapEvery().toNanos();
                    Leaving.plan(turn, reign, null, "its disk is full");
                }
            }
            case REJECTED, DAMAGED, NOT_FETCHED, BROKEN -> end(turn, reign, "the disk does not work: " + message);
        }
    }

    /** A disk that does not even flush the no-op must not keep the lock. */
    private static void giveUp(Turn turn, Reign reign) {
        if (reign.phase == Reign.Phase.ESTABLISHING && reign.durable <= reign.inherited.seq()
                && turn.now - reign.openedAt >= FIRST_FLUSH) {
            end(turn, reign, "the disk has not flushed the first entry of the reign");
        }
    }

    static void established(Turn turn, Epoch epoch) {
        if (turn.state.duty instanceof Reign reign && reign.epoch.equals(epoch)
                && reign.phase == Reign.Phase.ESTABLISHING) {
            reign.phase = Reign.Phase.SERVING;
            turn.clear(Alarm.Kind.DISK_BROKEN);
            turn.does(new Action.Serve(epoch));
            Announcing.tick(turn);
        }
    }

    static void tick(Turn turn, Reign reign) {
        Checking.tick(turn, reign);
        if (turn.state.duty != reign) {
            return;
        }
        Welcoming.dropSilent(turn, reign);
        heartbeat(turn, reign);
        Changing.review(turn, reign);
        publish(turn, reign);
        retain(turn, reign);
        Leaving.tick(turn, reign);
        giveUp(turn, reign);
    }

    private static void heartbeat(Turn turn, Reign reign) {
        if (turn.now >= reign.heartbeatAt) {
            reign.heartbeatAt = turn.now + turn.timing().heartbeat().toNanos();
            beat(turn, reign);
        }
    }

    /** Sends a heartbeat to all followers; acknowledgements of it are of now or later. */
    static long beat(Turn turn, Reign reign) {
        long nonce = ++reign.nonce;
        for (Follower follower : reign.followers.values()) {
            if (follower.phase != Follower.Phase.GREETED) {
                turn.send(follower.connection, new Frame.Heartbeat(reign.epoch, reign.committed, nonce));
            }
        }
        return nonce;
    }

    private static void publish(Turn turn, Reign reign) {
        if (!reign.publishing && reign.isOpen() && turn.now >= reign.statusAt) {
            reign.publishing = true;
            reign.statusAt = turn.now + turn.timing().statusEvery().toNanos();
            turn.ask(new LockRequest.PublishStatus(reign.epoch, reign.committed), new Errand.PublishStatus());
        }
    }

    static void published(Turn turn) {
        if (turn.state.duty instanceof Reign reign) {
            reign.publishing = false;
        }
    }

    /**
     * A member that is away may need everything behind what was committed when the reign began, or it acknowledged
     * since.
     */
    private static void retain(Turn turn, Reign reign) {
        if (!reign.isOpen()) {
            return;
        }
        long needed = reign.committed;
        for (Member member : reign.membership.required()) {
            if (!turn.isMe(member.node())) {
                Long acked = reign.lastAcked.get(member);
                needed = Math.min(needed, acked == null ? reign.retained : acked);
            }
        }
        if (needed != turn.state.retained) {
            turn.state.retained = needed;
            turn.does(new Action.Retain(needed));
        }
    }
}
