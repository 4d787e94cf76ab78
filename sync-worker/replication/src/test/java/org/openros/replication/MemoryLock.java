// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.NodeId;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.GroupSnapshot.Leader;
import org.openros.replication.lock.GroupSnapshot.Presence;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;

/** A lock service; sessions end when somebody ends them, or when {@link #expire} is called for those not renewed. */
final class MemoryLock {
    long index;
    @Nullable GroupRecord record;
    long recordIndex;
    @Nullable Leader leader;
    Orders orders = Orders.NONE;
    long ordersIndex;
    final Map<NodeId, Presence> nodes = new TreeMap<>();
    /** With the time of the last renewal. */
    final TreeMap<String, Long> sessions = new TreeMap<>();

    long now;
    final List<GroupRecord> history = new ArrayList<>();

    static URI address(NodeId node) {
        return URI.create("grpc://" + node + ":1");
    }

    GroupSnapshot snapshot() {
        return new GroupSnapshot(record, recordIndex, leader, orders, ordersIndex, List.copyOf(nodes.values()));
    }

    LockAnswer answer(NodeId node, LockRequest request) {
        return switch (request) {
            case LockRequest.OpenSession open -> open(node);
            case LockRequest.RenewSession renew -> renew(renew.session());
            case LockRequest.DestroySession destroy -> destroy(destroy.session());
            case LockRequest.ReadGroup read -> new LockAnswer.Read(snapshot());
            case LockRequest.CreateRecord create -> write(create.record(), 0);
            case LockRequest.Promote promote -> promote(node, promote);
            case LockRequest.ChangeRecord change -> leader != null && change.session().equals(leader.session())
                    ? write(change.record(), change.recordIndex()) : refused("not the holder");
            case LockRequest.ReplaceRecord replace -> replace(replace);
            case LockRequest.ChangeOrders change -> change(change.orders(), change.ordersIndex());
            case LockRequest.Unlock unlock -> unlock(unlock.session());
            case LockRequest.Announce announce -> announce(announce.session(), announce.report());
            case LockRequest.PublishStatus publish -> done(++index);
        };
    }

    private static LockAnswer done(long index) {
        return new LockAnswer.Done(index);
    }

    private static LockAnswer refused(String reason) {
        return new LockAnswer.Refused(reason);
    }

    private LockAnswer open(NodeId node) {
        String session = "session-" + node + "-" + ++index;
        sessions.put(session, now);
        return new LockAnswer.Opened(session);
    }

    private LockAnswer renew(String session) {
        return sessions.replace(session, now) == null ? refused("no such session") : done(0);
    }

    /** Ends the sessions that were not renewed for so long; whether there was one. */
    boolean expire(long nanos) {
        List<String> dead = sessions.entrySet().stream()
                .filter(session -> now - session.getValue() > nanos).map(Map.Entry::getKey).toList();
        dead.forEach(this::destroy);
        return !dead.isEmpty();
    }

    LockAnswer destroy(String session) {
        if (sessions.remove(session) != null) {
            index++;
            nodes.values().removeIf(presence -> presence.session().equals(session));
            unlock(session);
        }
        return done(0);
    }

    private LockAnswer unlock(String session) {
        if (leader == null || !session.equals(leader.session())) {
            return refused("not the holder");
        }
        index++;
        leader = new Leader(leader.node(), leader.epoch(), leader.replication(), null);
        return done(index);
    }

    private LockAnswer write(GroupRecord changed, long expected) {
        if (recordIndex != expected) {
            return refused("the record's index is " + recordIndex);
        }
        recordIndex = ++index;
        record = changed;
        history.add(changed);
        return done(recordIndex);
    }

    private LockAnswer promote(NodeId node, LockRequest.Promote promote) {
        boolean held = leader != null && leader.session() != null && !leader.session().equals(promote.session());
        if (held || !sessions.containsKey(promote.session())) {
            return refused("held, or no session");
        }
        LockAnswer answer = write(promote.record(), promote.recordIndex());
        if (answer instanceof LockAnswer.Done) {
            leader = new Leader(node, promote.record().epoch(), address(node), promote.session());
        }
        return answer;
    }

    private LockAnswer replace(LockRequest.ReplaceRecord replace) {
        if (ordersIndex != replace.ordersIndex()) {
            return refused("the orders' index is " + ordersIndex);
        }
        LockAnswer answer = write(replace.record(), replace.recordIndex());
        if (answer instanceof LockAnswer.Done) {
            orders = replace.orders();
            ordersIndex = recordIndex;
        }
        return answer;
    }

    private LockAnswer change(Orders changed, long expected) {
        if (ordersIndex != expected) {
            return refused("the orders' index is " + ordersIndex);
        }
        orders = changed;
        ordersIndex = ++index;
        return done(ordersIndex);
    }

    private LockAnswer announce(String session, NodeReport report) {
        Presence before = nodes.get(report.node());
        if (!sessions.containsKey(session) || (before != null && !before.session().equals(session))) {
            return refused("no session, or another holds the key");
        }
        index++;
        nodes.put(report.node(), new Presence(report, address(report.node()), session));
        return done(index);
    }
}
