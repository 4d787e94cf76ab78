// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.openros.cluster.group.GroupRecord;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.operator.Alarm;

/** What the lock service shows of the group, kept in order by the record's index (rule 10). */
final class Watching {
    private Watching() {}

    static void tick(Turn turn) {
        State state = turn.state;
        if (state.twin != null && state.group != null) {
            Admission.probeTwin(turn, state.group);
        }
        if (Admission.isInDoubt(state) || holdsUnknowingly(state)) {
            state.readAt = Math.min(state.readAt, turn.now + turn.timing().retryEvery().toNanos());
        }
        if (turn.now >= state.readAt) {
            turn.read();
        }
        Stranding.tick(turn);
    }

    /** The lock is held by this node's session though it does not reign: nobody else could, either. */
    private static boolean holdsUnknowingly(State state) {
        return state.duty instanceof Follow && state.lease.session() != null
                && state.lease.session().equals(state.lockHolder());
    }

    /** The watch reported. An index that went back is either late, or the lock service lost something: a read tells. */
    static void seen(Turn turn, GroupSnapshot group) {
        if (group.recordIndex() < turn.recordIndex()) {
            turn.state.readAt = Math.min(turn.state.readAt, turn.now + turn.timing().retryEvery().toNanos());
            return;
        }
        accept(turn, group);
    }

    /** A consistent read came back: it counts unless something newer was learnt while it was under way. */
    static void read(Turn turn, Errand.Read read, LockAnswer answer) {
        if (!(answer instanceof LockAnswer.Read seen)) {
            turn.state.readAt = turn.now + turn.timing().retryEvery().toNanos();
            return;
        }
        GroupSnapshot group = seen.group();
        if (group.recordIndex() >= turn.recordIndex() || read.recordIndex() == turn.recordIndex()) {
            Admission.compare(turn, group, read.promised());
            accept(turn, group);
            Checking.read(turn, read, group);
            if (holdsUnknowingly(turn.state) && turn.state.lease.session() != null) {
                Leasing.abandon(turn, turn.state.lease.session());
            }
        }
    }

    private static void accept(Turn turn, GroupSnapshot group) {
        State state = turn.state;
        state.group = group;
        Restoring.remember(state, group);
        state.readAt = Long.MAX_VALUE;
        String holder = group.lockHolder();
        state.ended.removeIf(session -> !session.equals(holder));
        if (group.orders().paused()) {
            turn.raise(Alarm.Kind.PAUSED, "an operator paused the group: no backup takes over; see ros group resume");
        } else {
            turn.clear(Alarm.Kind.PAUSED);
        }
        switch (state.duty) {
            case Candidacy candidacy -> Electing.seen(turn, candidacy, group);
            case Reign reign -> Changing.seen(turn, reign, group);
            case Follow follow -> { }
            case Leave leave -> { }
        }
        review(turn);
    }

    /** Looks again at what the node may do, after the group or the disk changed. */
    static void review(Turn turn) {
        Admission.review(turn);
        State state = turn.state;
        GroupRecord record = state.record();
        if (state.refusal != null || state.group == null) {
            return;
        }
        if (record == null) {
            FirstStart.review(turn, state.group);
            return;
        }
        if (!record.lineage().equals(state.disk.lineage()) && mayAdopt(state, record)
                && !turn.awaits(Errand.Adopt.class)) {
            turn.disk(new DiskRequest.Adopt(record.lineage()), new Errand.Adopt());
        }
        if (state.duty instanceof Follow follow) {
            Following.leaderSeen(turn, follow);
            Electing.tryNow(turn);
        }
    }

    /** A new disk joins any history; one with data only the one that an operator made of it. */
    private static boolean mayAdopt(State state, GroupRecord record) {
        return state.disk.isNew() || (state.isMember() && Admission.isAbandoned(state));
    }
}
