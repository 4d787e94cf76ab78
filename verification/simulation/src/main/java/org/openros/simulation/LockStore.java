// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.net.URI;
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

/** What the lock service keeps, and how requests change it, as Consul does (docs/lock-service.md). */
final class LockStore {
    /** After a session ended its lock stays taken for so long (group protocol, "What is stored"). */
    private static final long LOCK_DELAY = Agenda.MILLISECOND;

    long index;
    @Nullable GroupRecord record;
    long recordIndex;
    @Nullable Leader leader;
    private Orders orders = Orders.NONE;
    private long ordersIndex;
    private final TreeMap<NodeId, Presence> nodes = new TreeMap<>();
    /** When they end unless they are renewed. */
    final TreeMap<String, Long> sessions = new TreeMap<>();

    private long lockableAt;
    private final World world;

    LockStore(World world) {
        this.world = world;
    }

    static URI address(NodeId node) {
        return URI.create("grpc://" + node + ":1");
    }

    /** As a backup of the service would hold it. */
    LockStore copy() {
        LockStore copy = new LockStore(world);
        copy.index = index;
        copy.record = record;
        copy.recordIndex = recordIndex;
        copy.leader = leader;
        copy.orders = orders;
        copy.ordersIndex = ordersIndex;
        copy.nodes.putAll(nodes);
        copy.sessions.putAll(sessions);
        return copy;
    }

    /** Whether an operator has switched takeovers off. */
    boolean isPaused() {
        return orders.paused();
    }

    GroupSnapshot snapshot() {
        return new GroupSnapshot(record, recordIndex, leader, orders, ordersIndex, List.copyOf(nodes.values()));
    }

    LockAnswer answer(NodeId node, LockRequest request) {
        return switch (request) {
            case LockRequest.OpenSession open -> open(node, open.ttl().toNanos());
            case LockRequest.RenewSession renew -> renew(renew.session());
            case LockRequest.DestroySession destroy -> destroy(destroy.session());
            case LockRequest.ReadGroup read -> new LockAnswer.Read(snapshot());
            case LockRequest.CreateRecord create -> write(create.record(), 0);
            case LockRequest.Promote promote -> promote(node, promote);
            case LockRequest.ChangeRecord change -> change(change);
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

    /** The service may take up to twice its time to expire a session. */
    private long expiry(long ttl) {
        return world.agenda.now() + ttl + world.random.nextLong(ttl);
    }

    private LockAnswer open(NodeId node, long ttl) {
        String session = "session-" + node + "-" + ++index;
        sessions.put(session, expiry(ttl));
        return new LockAnswer.Opened(session);
    }

    private LockAnswer renew(String session) {
        return sessions.replace(session, expiry(World.TIMING.leaseTtl().toNanos())) == null ? refused("no such session")
                : done(0);
    }

    /** Ends the sessions whose time is over; whether there was one. */
    boolean expire() {
        List<String> dead = sessions.entrySet().stream()
                .filter(session -> session.getValue() <= world.agenda.now()).map(Map.Entry::getKey).toList();
        dead.forEach(this::destroy);
        return !dead.isEmpty();
    }

    /** A new leader of the service counts all sessions anew. */
    void renewAll() {
        sessions.replaceAll((session, until) -> expiry(World.TIMING.leaseTtl().toNanos()));
    }

    private LockAnswer destroy(String session) {
        if (sessions.remove(session) != null) {
            index++;
            nodes.values().removeIf(presence -> presence.session().equals(session));
            if (unlock(session) instanceof LockAnswer.Done) {
                lockableAt = world.agenda.now() + LOCK_DELAY;
            }
        }
        return done(0);
    }

    private LockAnswer unlock(String session) {
        if (leader == null || !session.equals(leader.session())) {
            return refused("not the holder");
        }
        leader = new Leader(leader.node(), leader.epoch(), leader.replication(), null);
        return done(++index);
    }

    private LockAnswer write(GroupRecord changed, long expected) {
        if (recordIndex != expected && !world.has(Mutation.LOCK_SERVICE_COMPARES_NOTHING)) {
            return refused("the record's index is " + recordIndex);
        }
        if (!changed.equals(record)) {
            // A write of what is there already changes nothing, the index neither.
            recordIndex = ++index;
            record = changed;
        }
        return done(recordIndex);
    }

    private LockAnswer promote(NodeId node, LockRequest.Promote promote) {
        boolean held = leader != null && leader.session() != null && !leader.session().equals(promote.session());
        if (world.has(Mutation.LOCK_SERVICE_COMPARES_NOTHING)) {
            held = false;
        }
        if (held || !sessions.containsKey(promote.session()) || world.agenda.now() < lockableAt) {
            return refused("held, or no session, or delayed");
        }
        LockAnswer answer = write(promote.record(), promote.recordIndex());
        if (answer instanceof LockAnswer.Done) {
            leader = new Leader(node, promote.record().epoch(), address(node), promote.session());
        }
        return answer;
    }

    private LockAnswer change(LockRequest.ChangeRecord change) {
        return leader != null && change.session().equals(leader.session())
                ? write(change.record(), change.recordIndex()) : refused("not the holder");
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
