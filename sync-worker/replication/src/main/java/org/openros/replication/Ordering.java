// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;

/** What operators order, and what a process does before it ends. */
final class Ordering {
    private static final long STOP_LIMIT = Duration.ofSeconds(5).toNanos();

    private Ordering() {}

    static void ordered(Turn turn, long ticket, Order order) {
        switch (order) {
            case Order.StepDown stepDown -> stepDown(turn, ticket, stepDown.why());
            case Order.Pause pause -> pause(turn, ticket, true);
            case Order.Resume resume -> pause(turn, ticket, false);
            case Order.ReplaceBackup replace -> replaceBackup(turn, ticket);
            case Order.ForcePromote force -> forcePromote(turn, ticket, force);
            case Order.ReseedRecord reseed -> Reseeding.begin(turn, ticket);
            case Order.PrepareStop stop -> prepareStop(turn, ticket);
        }
    }

    private static void refuse(Turn turn, long ticket, String why) {
        turn.answer(ticket, new OrderAnswer.Refused(why));
    }

    private static @Nullable Reign reign(Turn turn, long ticket) {
        if (turn.state.duty instanceof Reign reign && reign.isOpen() && reign.stepDown == null) {
            return reign;
        }
        refuse(turn, ticket, "node " + turn.settings().node() + " is not the master, or is about to step down");
        return null;
    }

    private static void stepDown(Turn turn, long ticket, String why) {
        Reign reign = reign(turn, ticket);
        if (reign == null) {
            return;
        }
        if (Leaving.hasSuccessor(turn, reign)) {
            Leaving.plan(turn, reign, ticket, "an operator asked to step down: " + why);
        } else {
            refuse(turn, ticket, "no backup is in step: nobody could take over");
        }
    }

    private static void replaceBackup(Turn turn, long ticket) {
        Reign reign = reign(turn, ticket);
        if (reign == null) {
            return;
        }
        GroupRecord record = reign.membership.record();
        if (reign.spares().isEmpty() || record.members().size() < 2 || reign.replaceOrder != null) {
            refuse(turn, ticket, reign.replaceOrder != null ? "the backup is being replaced already"
                    : "there is no spare in step to take the backup's place");
            return;
        }
        reign.replaceOrder = ticket;
        for (Member member : record.members()) {
            if (!turn.isMe(member.node())) {
                reign.leaving.put(member.node(), "an operator asked for another");
            }
        }
        Changing.review(turn, reign);
    }

    /** The record changed: perhaps that was what an operator waits for. */
    static void replacedBackup(Turn turn, Reign reign) {
        if (reign.replaceOrder != null && reign.leaving.isEmpty()) {
            turn.answer(reign.replaceOrder,
                    new OrderAnswer.Done("members are now " + reign.membership.record().nodes()));
            reign.replaceOrder = null;
        }
    }

    private static void pause(Turn turn, long ticket, boolean paused) {
        GroupSnapshot group = turn.state.group;
        if (group == null) {
            refuse(turn, ticket, "the lock service has not been reached yet");
            return;
        }
        turn.ask(new LockRequest.ChangeOrders(new Orders(paused, group.orders().abandoned()), group.ordersIndex()),
                new Errand.ChangeOrders(ticket,
                        paused ? "no backup takes over from now on" : "takeovers are possible again"));
    }

    static void changed(Turn turn, Errand.ChangeOrders change, LockAnswer answer) {
        turn.read();
        turn.answer(change.order(), answer instanceof LockAnswer.Done ? new OrderAnswer.Done(change.done())
                : new OrderAnswer.Refused("the lock service did not do it, try again: " + answer));
    }

    private static void forcePromote(Turn turn, long ticket, Order.ForcePromote force) {
        State state = turn.state;
        GroupSnapshot group = state.group;
        Lineage lineage = state.disk.lineage();
        String obstacle = obstacle(turn, force);
        if (obstacle != null || group == null || lineage == null) {
            refuse(turn, ticket, String.valueOf(obstacle));
            return;
        }
        GroupRecord record = group.record();
        Epoch known = record == null ? Epoch.NONE : record.epoch();
        Epoch promised = Reseeding.promised(state, group);
        Epoch epoch = known.compareTo(promised) > 0 ? known : promised;
        int level = record == null ? turn.settings().formatLevel() : record.formatLevel();
        GroupRecord forced = new GroupRecord(turn.settings().group(), force.fresh(), epoch.next(), null,
                Set.of(state.self()),
                level, "forced promotion of " + turn.settings().node() + ", data loss accepted");
        Set<Lineage> abandoned = new HashSet<>(group.orders().abandoned());
        abandoned.add(lineage);
        if (record != null) {
            abandoned.add(record.lineage());
        }
        String holder = state.lockHolder();
        if (holder != null) {
            Leasing.bury(turn, holder);
        }
        turn.ask(new LockRequest.ReplaceRecord(forced, group.recordIndex(), new Orders(false, abandoned),
                group.ordersIndex()),
                new Errand.ReplaceRecord(ticket,
                        "node " + turn.settings().node() + " is the only member of a new history "
                        + force.fresh() + " that begins with entry " + state.disk.last().seq()));
    }

    private static @Nullable String obstacle(Turn turn, Order.ForcePromote force) {
        State state = turn.state;
        if (!force.acceptDataLoss()) {
            return "what other nodes acknowledged may be lost: say --accept-data-loss";
        }
        if (!(state.duty instanceof Follow follow)) {
            return "node " + turn.settings().node() + " is master, or about to become one";
        }
        if (follow.phase == Follow.Phase.IN_STEP) {
            return "the group has a master that this node follows: use ros group step-down on it";
        }
        if (state.group == null || state.disk.lineage() == null || state.quarantine != null) {
            return state.group == null ? "the lock service has not been reached yet"
                    : "this disk has nothing to promote";
        }
        return follow.phase == Follow.Phase.FETCHING ? "a checkpoint is being fetched from a master" : null;
    }

    static void replaced(Turn turn, Errand.ReplaceRecord replace, LockAnswer answer) {
        turn.read();
        turn.answer(replace.order(), answer instanceof LockAnswer.Done ? new OrderAnswer.Done(replace.done())
                : new OrderAnswer.Refused("the lock service did not do it, look at the status and try again: "
                        + answer));
    }

    private static void prepareStop(Turn turn, long ticket) {
        State state = turn.state;
        if (state.stopOrder != null) {
            refuse(turn, ticket, "the node prepares to stop already");
            return;
        }
        state.stopping = true;
        state.stopOrder = ticket;
        state.stopDeadline = turn.now + STOP_LIMIT;
        if (state.duty instanceof Reign reign && reign.stepDown == null) {
            Leaving.plan(turn, reign, null, "the node is about to stop");
        }
        tick(turn);
    }

    /** Waits until nobody counts on this node any more, then gives its session back. */
    static void tick(Turn turn) {
        State state = turn.state;
        if (state.stopOrder == null || (!isDone(turn) && turn.now < state.stopDeadline)) {
            return;
        }
        if (state.duty instanceof Reign reign) {
            Leaving.begin(turn, reign, true, "the node is about to stop");
            return;
        }
        turn.answer(state.stopOrder, new OrderAnswer.Done("nobody counts on node " + turn.settings().node()));
        state.stopOrder = null;
        if (state.lease.session() != null) {
            Leasing.abandon(turn, state.lease.session());
        }
    }

    private static boolean isDone(Turn turn) {
        State state = turn.state;
        if (!(state.duty instanceof Follow follow)) {
            return false;
        }
        boolean others = state.group != null
                && state.group.nodes().stream().anyMatch(presence -> !turn.isMe(presence.report().node()));
        if (!state.isMember() || !others) {
            return true;
        }
        if (follow.phase == Follow.Phase.IN_STEP && follow.connection != null && !follow.askedOut) {
            follow.askedOut = true;
            turn.send(follow.connection, new Frame.SwapMeOut("it is about to stop"));
        }
        return false;
    }
}
