// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.OrderAnswer;

/** One step under way: the copy that is worked on, and the actions so far. */
final class Turn {
    final State state;
    final long now;
    private final List<Action> actions = new ArrayList<>(4);

    Turn(State state, long now) {
        this.state = state;
        this.now = now;
    }

    List<Action> actions() {
        return actions;
    }

    NodeSettings settings() {
        return state.settings;
    }

    Timing timing() {
        return state.settings.timing();
    }

    void does(Action action) {
        actions.add(action);
    }

    void ask(LockRequest request, Errand errand) {
        actions.add(new Action.Ask(ticket(errand), request));
    }

    void disk(DiskRequest request, Errand errand) {
        actions.add(new Action.Disk(ticket(errand), request));
    }

    /** A request whose answer is not told apart from others of its kind: nothing is kept for it. */
    long diskOften(DiskRequest request) {
        long ticket = ++state.tickets;
        actions.add(new Action.Disk(ticket, request));
        return ticket;
    }

    void send(ConnectionId connection, Frame frame) {
        actions.add(new Action.Send(connection, frame));
    }

    void answer(@Nullable Long order, OrderAnswer answer) {
        if (order != null) {
            actions.add(new Action.AnswerOrder(order, answer));
        }
    }

    long ticket(Errand errand) {
        long ticket = ++state.tickets;
        state.errands.put(ticket, errand);
        return ticket;
    }

    ConnectionId newConnection() {
        return new ConnectionId(new UUID(settings().incarnation(), ++state.connections));
    }

    /** Whether an answer to such a request is awaited. */
    boolean awaits(Class<? extends Errand> kind) {
        return state.errands.values().stream().anyMatch(kind::isInstance);
    }

    /** Reads the group at once, unless that is under way. */
    void read() {
        state.readAt = Long.MAX_VALUE;
        if (!awaits(Errand.Read.class)) {
            readAgain();
        }
    }

    /** Reads the group, even if a read is under way: that one may have been answered before now. */
    void readAgain() {
        state.readAt = Long.MAX_VALUE;
        ask(new LockRequest.ReadGroup(), new Errand.Read(state.disk.promised(), recordIndex(), now));
    }

    long recordIndex() {
        return state.group == null ? -1 : state.group.recordIndex();
    }

    /** The record is known to have become this one. */
    void recordIs(GroupRecord record, long index) {
        if (state.group != null && index > state.group.recordIndex()) {
            state.group = state.group.withRecord(record, index);
            Restoring.remember(state, state.group);
        }
    }

    void raise(Alarm.Kind kind, String message) {
        Alarm alarm = new Alarm(kind, message);
        if (!alarm.equals(state.alarms.put(kind, alarm))) {
            does(new Action.RaiseAlarm(alarm));
        }
    }

    void clear(Alarm.Kind kind) {
        if (state.alarms.remove(kind) != null) {
            does(new Action.ClearAlarm(kind));
        }
    }

    /**
     * The disk is like that now.
     *
     * @throws IllegalStateException if it forgot a promise (I8)
     */
    void diskIs(DiskView disk) {
        DiskView before = state.disk;
        if (disk.store().equals(before.store())) {
            require(disk.promised().compareTo(before.promised()) >= 0, "the disk's promise fell from ",
                    before.promised(), disk);
            require(disk.appliedSeq() <= disk.last().seq(), "applied what is not in the log", disk.appliedSeq(), disk);
        } else {
            state.commitSeq = disk.appliedSeq();
            state.ceased = disk.promised();
        }
        state.disk = disk;
    }

    /** The master's log was flushed up to there. */
    void lastIs(Position last) {
        DiskView disk = state.disk;
        state.disk = new DiskView(disk.group(), disk.node(), disk.store(), disk.lineage(), disk.promised(),
                disk.epochs(),
                last, disk.appliedSeq(), disk.damage());
    }

    /** An invariant of the group protocol. */
    static void require(boolean holds, String broken, Object before, Object after) {
        if (!holds) {
            throw new IllegalStateException(broken + ": " + before + ", " + after);
        }
    }

    boolean isMe(@Nullable NodeId node) {
        return settings().node().equals(node);
    }

    /** Whether this node has promised a later epoch. */
    boolean isFenced(Epoch epoch) {
        return epoch.compareTo(state.disk.promised()) < 0;
    }
}
