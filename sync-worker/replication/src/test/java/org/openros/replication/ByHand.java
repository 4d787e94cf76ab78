// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.disk.DiskView;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.lock.Orders;

/** One machine whose events are made by hand: node {@code b} of a group with nodes a, b, c and members a, b. */
final class ByHand {
    static final NodeId A = new NodeId("a");
    static final NodeId B = new NodeId("b");
    static final NodeId C = new NodeId("c");
    static final Lineage LINEAGE = Lineage.of("00000000-0000-0000-0000-000000000001");
    static final Lineage OTHER = Lineage.of("00000000-0000-0000-0000-000000000002");
    static final String SESSION = "mine";

    long now = 1_000_000_000;
    State state;
    GroupSnapshot group = GroupSnapshot.EMPTY;
    MemoryDisk disk;
    long nonce;

    /** Of the newest step. */
    List<Action> actions = List.of();

    final List<Action> all = new ArrayList<>();

    ByHand(MemoryDisk disk) {
        this(disk, settings(disk.node));
    }

    ByHand(MemoryDisk disk, NodeSettings settings) {
        this.disk = disk;
        state = State.initial(settings, disk.view());
    }

    static NodeSettings settings(NodeId node) {
        return new NodeSettings(GroupId.DEFAULT, node, List.of(A, B, C), 1, 99, LINEAGE,
                NodeSettings.WhenBackupLost.BLOCK, Timing.DEFAULT);
    }

    /** With two entries of epoch 1, of which one was committed. */
    static MemoryDisk disk(String node) {
        MemoryDisk disk = new MemoryDisk(GroupId.DEFAULT, new NodeId(node));
        disk.store = store(node);
        disk.lineage = LINEAGE;
        disk.promised = new Epoch(1);
        disk.write(new Epoch(1), "noop");
        disk.write(new Epoch(1), "x");
        disk.applied = 1;
        return disk;
    }

    static StoreId store(String node) {
        return new StoreId(new UUID(0, node.charAt(0)));
    }

    static Member member(String node) {
        return new Member(new NodeId(node), store(node));
    }

    static GroupRecord record(String... members) {
        Set<Member> set = Set.copyOf(List.of(members).stream().map(ByHand::member).toList());
        return new GroupRecord(GroupId.DEFAULT, LINEAGE, new Epoch(1), A, set, 1, "test");
    }

    static GroupSnapshot free(GroupRecord record, long index) {
        return new GroupSnapshot(record, index, null, Orders.NONE, 0, List.of());
    }

    static GroupSnapshot held(GroupRecord record, long index, NodeId by, String session) {
        return new GroupSnapshot(record, index,
                new GroupSnapshot.Leader(by, record.epoch(), MemoryLock.address(by), session), Orders.NONE, 0,
                List.of());
    }

    /** Follower b of master a, with a session. */
    static ByHand follower() {
        ByHand node = new ByHand(disk("b"));
        node.see(held(record("a", "b"), 10, A, "theirs"));
        node.open();
        return node;
    }

    /** Node b, in step with master a. */
    static ByHand inStep() {
        ByHand node = follower();
        node.welcome(new Frame.Welcome(new Epoch(1), LINEAGE, node.disk.last(), 1));
        node.locate(node.disk.last());
        node.done(DiskRequest.Promise.class);
        node.done(DiskRequest.Cut.class);
        return node;
    }

    /** Node b after its promotion to epoch 2, with an opened log: entry 3 is its no-op. */
    static ByHand master() {
        ByHand node = elected();
        node.disk.promised = new Epoch(2);
        node.done(DiskRequest.Promise.class);
        node.done(DiskRequest.Lead.class);
        return node;
    }

    static ByHand elected() {
        ByHand node = new ByHand(disk("b"));
        node.see(free(record("a", "b"), 10));
        node.open();
        node.answer(LockRequest.Promote.class, new LockAnswer.Done(11));
        return node;
    }

    void hear(LongFunction<Event> event) {
        Step step = RoleMachine.step(state, event.apply(now));
        state = step.state();
        actions = step.actions();
        all.addAll(actions);
    }

    void see(GroupSnapshot seen) {
        group = seen;
        hear(now -> new Event.GroupSeen(now, seen));
    }

    /** Ticks, and renewals of the session, for a while. */
    void wait(Duration time) {
        long end = now + time.toNanos();
        while (now < end) {
            now = Math.min(end, now + 50_000_000);
            tick();
            if (did(LockRequest.RenewSession.class)) {
                answer(LockRequest.RenewSession.class, new LockAnswer.Done(0));
            }
        }
    }

    void tick() {
        hear(Event.Tick::new);
    }

    void open() {
        tick();
        answer(LockRequest.OpenSession.class, new LockAnswer.Opened(SESSION));
    }

    /** Dials, greets, and is answered. */
    void welcome(Frame.FromMaster frame) {
        ConnectionId connection = dialled();
        hear(now -> new Event.Connected(now, connection));
        frame(connection, frame);
    }

    ConnectionId dialled() {
        return all.stream().filter(Action.Dial.class::isInstance).map(Action.Dial.class::cast).toList().getLast()
                .connection();
    }

    void frame(ConnectionId connection, Frame frame) {
        hear(now -> new Event.FrameCame(now, connection, frame));
    }

    /** A follower with everything that this master has. */
    ConnectionId greet(String node) {
        ConnectionId connection = new ConnectionId(new UUID(node.charAt(0), ++nonce));
        frame(connection, hello(node, connection, LINEAGE, store(node), new Epoch(1)));
        return connection;
    }

    Frame.Hello hello(String node, ConnectionId connection, @Nullable Lineage lineage, StoreId store, Epoch promised) {
        EpochTable epochs = disk.epochs.upTo(2);
        Position last = Objects.requireNonNull(disk.position(2));
        return new Frame.Hello(GroupId.DEFAULT, lineage, new NodeId(node), store, promised, epochs, last, 1, 1,
                connection);
    }

    ConnectionId follow(String node) {
        ConnectionId connection = greet(node);
        locate(disk.position(2));
        ack(connection, node, 2, 0);
        return connection;
    }

    void ack(ConnectionId connection, String node, long seq, long heartbeat) {
        frame(connection, new Frame.Ack(new Epoch(2), seq, store(node), connection, heartbeat));
    }

    void durable(long seq) {
        while (disk.log.size() < seq) {
            disk.write(new Epoch(2), "w");
        }
        hear(now -> new Event.Durable(now, Objects.requireNonNull(disk.position(seq))));
    }

    boolean did(Class<?> kind) {
        return actions.stream().anyMatch(action -> is(action, kind));
    }

    boolean everDid(Class<?> kind) {
        return all.stream().anyMatch(action -> is(action, kind));
    }

    private static boolean is(Action action, Class<?> kind) {
        return switch (action) {
            case Action.Ask ask -> kind.isInstance(ask.request());
            case Action.Disk request -> kind.isInstance(request.request());
            case Action.Send send -> kind.isInstance(send.frame());
            default -> kind.isInstance(action);
        };
    }

    <T> T last(Class<T> kind) {
        Action action = all.stream().filter(each -> is(each, kind)).toList().getLast();
        return kind.cast(switch (action) {
            case Action.Ask ask -> ask.request();
            case Action.Disk request -> request.request();
            case Action.Send send -> send.frame();
            default -> action;
        });
    }

    long ticket(Class<?> kind) {
        Action action = all.stream().filter(each -> is(each, kind)).toList().getLast();
        return switch (action) {
            case Action.Ask ask -> ask.ticket();
            case Action.Disk request -> request.ticket();
            case Action.Probe probe -> probe.ticket();
            default -> throw new IllegalArgumentException(kind.toString());
        };
    }

    void answer(Class<? extends LockRequest> kind, LockAnswer answer) {
        long ticket = ticket(kind);
        hear(now -> new Event.LockAnswered(now, ticket, answer));
    }

    void disk(Class<? extends DiskRequest> kind, DiskAnswer answer) {
        long ticket = ticket(kind);
        hear(now -> new Event.DiskAnswered(now, ticket, answer));
    }

    void done(Class<? extends DiskRequest> kind) {
        disk(kind, new DiskAnswer.Done(view()));
    }

    DiskView view() {
        return disk.view();
    }

    void locate(@Nullable Position position) {
        disk(DiskRequest.Locate.class, new DiskAnswer.Located(position, true));
    }
}
