// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Lineage;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.operator.Alarm;

/**
 * A master's side of the stream: who is taken as a follower, from where on it is fed, and what its acknowledgements
 * mean.
 */
final class Welcoming {
    private Welcoming() {}

    static void heard(Turn turn, ConnectionId connection, Frame.FromFollower frame) {
        if (!(turn.state.duty instanceof Reign reign)) {
            if (frame instanceof Frame.Hello) {
                refuse(turn, connection, RefusalReason.NOT_MASTER, "node " + turn.settings().node() + " is not master");
            }
            return;
        }
        if (frame instanceof Frame.Hello hello) {
            greeted(turn, reign, connection, hello);
            return;
        }
        Follower follower = reign.on(connection);
        if (follower == null) {
            return;
        }
        follower.lastHeard = turn.now;
        switch (frame) {
            case Frame.Hello hello -> { }
            case Frame.Ack ack -> acknowledged(turn, reign, follower, ack);
            case Frame.Fenced fenced -> Checking.fenced(turn, reign, follower.member.node(), fenced.promised());
            case Frame.SwapMeOut swap -> reign.leaving.put(follower.member.node(), swap.reason());
            case Frame.Unable unable -> drop(turn, reign, follower);
        }
    }

    private static void refuse(Turn turn, ConnectionId connection, RefusalReason reason, String message) {
        turn.send(connection, new Frame.Refused(turn.state.disk.promised(), reason, message));
    }

    private static void greeted(Turn turn, Reign reign, ConnectionId connection, Frame.Hello hello) {
        Follower before = reign.followers.get(hello.node());
        Refusal refusal = verdict(turn, reign, hello, before);
        if (refusal != null) {
            reign.refusedFollower = hello.node();
            turn.raise(Alarm.Kind.FOLLOWER_REFUSED, "node " + hello.node() + ": " + refusal.message());
            refuse(turn, connection, refusal.reason(), refusal.message());
            return;
        }
        if (hello.node().equals(reign.refusedFollower)) {
            turn.clear(Alarm.Kind.FOLLOWER_REFUSED);
        }
        if (before != null) {
            drop(turn, reign, before);
        }
        Follower follower = new Follower(hello, turn.now);
        reign.followers.put(hello.node(), follower);
        if (reign.isOpen()) {
            welcome(turn, reign, follower);
        }
    }

    private static @Nullable Refusal verdict(Turn turn, Reign reign, Frame.Hello hello, @Nullable Follower before) {
        NodeSettings settings = turn.settings();
        if (!hello.group().equals(settings.group())) {
            return new Refusal(RefusalReason.WRONG_GROUP, "it belongs to group " + hello.group() + " and this is "
                    + settings.group() + ": check its ros.worker.group");
        }
        if (!settings.nodes().contains(hello.node())) {
            return new Refusal(RefusalReason.UNKNOWN_NODE, "the master's ros.worker.nodes names " + settings.nodes()
                    + ": check ros.worker.node and ros.worker.nodes on both");
        }
        if (turn.isMe(hello.node()) || isAlive(turn, hello, before)) {
            return new Refusal(RefusalReason.DUPLICATE_NODE,
                    "another living process has this name: check ros.worker.node");
        }
        if (isCloned(turn, reign, hello)) {
            return new Refusal(RefusalReason.CLONED_DISK, "another node has the same store id " + hello.store()
                    + ": a data folder was copied; give this node an empty one");
        }
        if (hello.formatLevel() < reign.membership.record().formatLevel()) {
            return new Refusal(RefusalReason.FORMAT_TOO_OLD, "the group's log has format level "
                    + reign.membership.record().formatLevel() + ": upgrade this node");
        }
        Lineage lineage = hello.lineage();
        boolean foreign = lineage != null && !lineage.equals(reign.membership.record().lineage());
        return foreign
                && !isAbandoned(turn, lineage) ? new Refusal(RefusalReason.WRONG_LINEAGE, "its disk holds the history "
                + lineage + " and the group's is " + reign.membership.record().lineage()
                + ": check ros.worker.data, or give it an empty folder") : null;
    }

    /** A reconnect has the same disk; one with another disk, while the first still talks, is another process. */
    private static boolean isAlive(Turn turn, Frame.Hello hello, @Nullable Follower before) {
        return before != null && before.isInStep() && !before.member.store().equals(hello.store())
                && turn.now - before.lastHeard < turn.timing().backupGrace().toNanos();
    }

    private static boolean isCloned(Turn turn, Reign reign, Frame.Hello hello) {
        return hello.store().equals(turn.state.disk.store()) || reign.followers.values().stream().anyMatch(follower ->
                follower.member.store().equals(hello.store()) && !follower.member.node().equals(hello.node()));
    }

    private static boolean isAbandoned(Turn turn, @Nullable Lineage lineage) {
        return lineage != null && turn.state.group != null && turn.state.group.orders().abandoned().contains(lineage);
    }

    /** Looks up what the follower's log and this one have in common. */
    static void welcome(Turn turn, Reign reign, Follower follower) {
        Frame.Hello hello = follower.hello;
        if (hello.lineage() != null && !hello.lineage().equals(reign.membership.record().lineage())) {
            checkpoint(turn, reign, follower, CheckpointReason.LINEAGE_ABANDONED);
            return;
        }
        if (hello.promised().compareTo(reign.epoch) > 0) {
            Checking.fenced(turn, reign, hello.node(), hello.promised());
            refuse(turn, hello.connection(), RefusalReason.NOT_MASTER, "the disk has promised a later epoch than "
                    + reign.epoch);
            reign.followers.remove(hello.node());
            return;
        }
        // What it has of this reign came from here, and may not be flushed here yet.
        boolean ofThisReign = hello.last().epoch().equals(reign.epoch);
        long own = ofThisReign ? Math.max(reign.durable, hello.last().seq())
                : Math.max(reign.durable, reign.inherited.seq());
        long common = reign.epochs.commonPrefix(own, hello.epochs(), hello.last().seq());
        if (common < hello.commitSeq()) {
            checkpoint(turn, reign, follower, CheckpointReason.DIVERGED);
        } else {
            turn.disk(new DiskRequest.Locate(common), new Errand.LocatePrefix(follower.connection));
        }
    }

    private static void checkpoint(Turn turn, Reign reign, Follower follower, CheckpointReason why) {
        turn.send(follower.connection, new Frame.TakeCheckpoint(reign.epoch, why));
    }

    static void located(Turn turn, Errand.LocatePrefix locate, DiskAnswer answer) {
        if (!(turn.state.duty instanceof Reign reign)) {
            return;
        }
        Follower follower = reign.on(locate.connection());
        if (follower == null || follower.phase != Follower.Phase.GREETED) {
            return;
        }
        if (!(answer instanceof DiskAnswer.Located located)) {
            drop(turn, reign, follower);
            return;
        }
        Position prefix = located.position();
        if (prefix == null || !located.tailRetained()) {
            checkpoint(turn, reign, follower, CheckpointReason.TAIL_RELEASED);
            return;
        }
        follower.phase = Follower.Phase.WELCOMED;
        turn.send(follower.connection, new Frame.Welcome(reign.epoch, reign.membership.record().lineage(), prefix,
                reign.committed));
    }

    private static void acknowledged(Turn turn, Reign reign, Follower follower, Frame.Ack ack) {
        boolean ofThis = ack.epoch().equals(reign.epoch) && ack.connection().equals(follower.connection)
                && ack.store().equals(follower.member.store());
        if (!ofThis || follower.phase == Follower.Phase.GREETED) {
            return;
        }
        follower.acked = Math.max(follower.acked, ack.seq());
        follower.ackedNonce = Math.max(follower.ackedNonce, ack.nonce());
        reign.lastAcked.merge(follower.member, follower.acked, Math::max);
        if (follower.phase == Follower.Phase.WELCOMED) {
            follower.phase = Follower.Phase.IN_STEP;
            reign.absent.remove(follower.member.node());
            turn.does(new Action.StreamFrom(follower.connection, reign.epoch, follower.acked));
            Committing.advance(turn, reign);
            Changing.review(turn, reign);
        } else {
            Committing.advance(turn, reign);
            Changing.pursue(turn, reign);
        }
        Checking.confirm(turn, reign);
        Leaving.tick(turn, reign);
    }

    static void disconnected(Turn turn, Reign reign, ConnectionId connection) {
        Follower follower = reign.on(connection);
        if (follower != null) {
            forget(turn, reign, follower, turn.now + turn.timing().backupGrace().toNanos());
        }
    }

    private static void drop(Turn turn, Reign reign, Follower follower) {
        turn.does(new Action.HangUp(follower.connection));
        forget(turn, reign, follower, turn.now + turn.timing().backupGrace().toNanos());
    }

    private static void forget(Turn turn, Reign reign, Follower follower, long lostAt) {
        reign.followers.remove(follower.member.node());
        reign.leaving.remove(follower.member.node());
        if (reign.membership.record().isMember(follower.member)) {
            reign.absent.putIfAbsent(follower.member.node(), new Reign.Absence(turn.now, lostAt));
        }
        Changing.lost(turn, reign, follower.member);
    }

    /** Silence of a follower in step ends its connection, and its place is free for a spare at once. */
    static void dropSilent(Turn turn, Reign reign) {
        long silence = turn.timing().silence().toNanos();
        for (Follower follower : List.copyOf(reign.followers.values())) {
            // Before that it may be busy with its disk.
            long patience = follower.isInStep() ? silence : 10 * silence;
            if (turn.now - follower.lastHeard >= patience) {
                turn.does(new Action.HangUp(follower.connection));
                forget(turn, reign, follower, turn.now);
            }
        }
    }
}
