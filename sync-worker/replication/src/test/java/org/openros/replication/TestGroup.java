// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.Member;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

/**
 * A group whose world is quick: 1 ms to the lock service, 0.1 ms to a disk or another node. After every commit it
 * checks that all members have what was committed (I1, I6), and that nothing committed changes.
 */
final class TestGroup {
    static final GroupId GROUP = new GroupId("default");

    private record Due(long at, long order, Runnable what) {}

    record Link(NodeId follower, NodeId master) {}

    long now = 1_000_000_000;
    MemoryLock lock = new MemoryLock();
    final Map<NodeId, TestNode> nodes = new LinkedHashMap<>();
    final Map<ConnectionId, Link> links = new LinkedHashMap<>();
    final Map<Long, Position> committed = new TreeMap<>();

    /** Connections and the end that hears nothing any more: after a lost frame no later one arrives. */
    final Set<Map.Entry<ConnectionId, NodeId>> deaf = new HashSet<>();

    /** Pairs of nodes, in both orders, whose packets are lost. */
    final Set<Link> lost = new HashSet<>();

    /** Nodes that do not reach the lock service. */
    final Set<NodeId> isolated = new HashSet<>();

    NodeSettings.WhenBackupLost policy = NodeSettings.WhenBackupLost.BLOCK;
    int formatLevel = 1;
    private final List<NodeId> names;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long order;
    private long incarnations;

    TestGroup(String... names) {
        this.names = List.of(names).stream().map(NodeId::new).toList();
    }

    static TestGroup started() {
        TestGroup group = new TestGroup("a", "b", "c");
        group.startAll();
        group.until(Duration.ofSeconds(2), () -> group.serving() != null
                && group.roles().equals(Map.of("a", Role.MASTER, "b", Role.BACKUP, "c", Role.SPARE)));
        return group;
    }

    /** Sessions that are not renewed end after twice their time, as in Consul. */
    private void expire() {
        later(1_000_000_000, () -> {
            lock.now = now;
            if (lock.expire(30_000_000_000L)) {
                publish();
            }
            expire();
        });
    }

    void startAll() {
        expire();
        names.forEach(this::start);
    }

    /** Starts a process on the node's disk, or on a new one. */
    TestNode start(NodeId name) {
        TestNode before = nodes.get(name);
        MemoryDisk disk = before == null ? new MemoryDisk(GROUP, name) : before.disk;
        return start(name, disk);
    }

    TestNode start(NodeId name, MemoryDisk disk) {
        NodeSettings settings = new NodeSettings(GROUP, name, names, formatLevel, ++incarnations,
                Lineage.of("00000000-0000-0000-0000-000000000001"), policy, Timing.DEFAULT);
        TestNode node = new TestNode(this, settings, disk);
        nodes.put(name, node);
        node.begin();
        return node;
    }

    TestNode node(String name) {
        TestNode node = nodes.get(new NodeId(name));
        if (node == null) {
            throw new IllegalArgumentException(name);
        }
        return node;
    }

    /** The one that serves, or null; two are never right. */
    @Nullable TestNode serving() {
        List<TestNode> serving = nodes.values().stream().filter(node -> node.alive && node.serving != null).toList();
        return serving.isEmpty() ? null : serving.getLast();
    }

    Map<String, Role> roles() {
        Map<String, Role> roles = new TreeMap<>();
        nodes.forEach((name, node) -> roles.put(name.value(), node.state.status().role()));
        return roles;
    }

    List<String> members() {
        return lock.record == null ? List.of() : lock.record.nodes().stream().map(NodeId::value).toList();
    }

    void later(long nanos, Runnable what) {
        queue.add(new Due(now + nanos, ++order, what));
    }

    void run(Duration time) {
        long end = now + time.toNanos();
        runUntil(end, () -> false);
        now = end;
    }

    /** Runs until something holds; returns how long it took. */
    Duration until(Duration limit, BooleanSupplier condition) {
        long begin = now;
        if (!runUntil(begin + limit.toNanos(), condition)) {
            throw new AssertionError("not within " + limit + ": " + describe());
        }
        return Duration.ofNanos(now - begin);
    }

    private boolean runUntil(long end, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Due due = queue.peek();
            if (due == null || due.at() > end) {
                return false;
            }
            queue.remove();
            now = Math.max(now, due.at());
            due.what().run();
        }
        return true;
    }

    String describe() {
        StringBuilder text = new StringBuilder("record " + lock.record + ", leader " + lock.leader);
        nodes.values().forEach(node -> text.append("\n").append(node.alive).append(' ').append(node.state.status()));
        return text.toString();
    }

    void ask(TestNode node, long ticket, LockRequest request) {
        if (isolated.contains(node.name())) {
            later(2_000_000_000, () -> node.hear(now -> new Event.LockAnswered(now, ticket,
                    new LockAnswer.Failed(true, "no answer within 2 s"))));
            return;
        }
        later(1_000_000, () -> {
            long before = lock.index;
            lock.now = now;
            LockAnswer answer = lock.answer(node.name(), request);
            later(100_000, () -> node.hear(now -> new Event.LockAnswered(now, ticket, answer)));
            if (lock.index > before && !(request instanceof LockRequest.PublishStatus)) {
                publish();
            }
        });
    }

    void publish() {
        var snapshot = lock.snapshot();
        for (TestNode node : nodes.values()) {
            if (!isolated.contains(node.name())) {
                later(500_000, () -> node.hear(now -> new Event.GroupSeen(now, snapshot)));
            }
        }
    }

    /** All that it keeps is gone, as after an accident. */
    void wipeLockService() {
        lock = new MemoryLock();
        lock.index = 1;
        publish();
    }

    boolean reaches(NodeId from, NodeId to) {
        return !lost.contains(new Link(from, to));
    }

    void cut(String one, String other) {
        lost.add(new Link(new NodeId(one), new NodeId(other)));
        lost.add(new Link(new NodeId(other), new NodeId(one)));
    }

    void committed(TestNode node, long seq) {
        for (long at = 1; at <= seq; at++) {
            Position position = node.disk.position(at);
            if (position == null) {
                throw new AssertionError(node.name() + " committed what it does not have: " + at);
            }
            Position before = committed.putIfAbsent(at, position);
            if (before != null && !before.equals(position)) {
                throw new AssertionError("entry " + at + " was committed as " + before + " and is now " + position);
            }
        }
        for (Member member : lock.record == null ? Set.<Member>of() : lock.record.members()) {
            TestNode holder = nodes.get(member.node());
            if (holder != null && holder.disk.store.equals(member.store())
                    && !Objects.equals(holder.disk.position(seq), node.disk.position(seq))) {
                throw new AssertionError(node.name() + " committed " + seq + " and member " + member.node()
                        + " lacks it: "
                        + describe());
            }
        }
    }
}
