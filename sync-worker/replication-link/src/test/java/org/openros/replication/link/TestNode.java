// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;
import org.openros.storage.StorageException;
import org.openros.storage.StoreCheckpoint;

import static org.awaitility.Awaitility.await;

/** A node that remembers what it hears, and answers as it is told. */
final class TestNode implements LinkHost, AutoCloseable {
    static final GroupId GROUP = new GroupId("a");
    static final Lineage LINEAGE = Lineage.random();
    static final Epoch EPOCH = new Epoch(7);

    /** What a node heard, in order. */
    sealed interface Heard {
        ConnectionId connection();
    }

    record Opened(ConnectionId connection) implements Heard {}

    record Came(ConnectionId connection, Frame frame) implements Heard {}

    record Ended(ConnectionId connection, Event.Cause cause) implements Heard {}

    final NodeId name;
    final StoreId store = StoreId.random();
    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final ReplicationLink link;
    volatile BiConsumer<ConnectionId, Frame> frames = (connection, frame) -> heard.add(new Came(connection, frame));
    volatile @Nullable CheckpointSource checkpoints;

    TestNode(String name) throws IOException {
        this(name, null);
    }

    TestNode(String name, @Nullable ReplicationTls tls) throws IOException {
        this(name, URI.create("grpc://127.0.0.1:0"), tls);
    }

    TestNode(String name, URI listen, @Nullable ReplicationTls tls) throws IOException {
        this.name = new NodeId(name);
        link = ReplicationLink.start(new LinkSettings(GROUP, this.name, listen, tls), this);
    }

    URI address() {
        return link.address("127.0.0.1");
    }

    ConnectionId dial(URI at) {
        ConnectionId connection = new ConnectionId(UUID.randomUUID());
        link.dial(connection, at);
        return connection;
    }

    /** Dials a master and says Hello once connected. */
    ConnectionId follow(URI at) {
        ConnectionId connection = dial(at);
        awaitHeard(new Opened(connection));
        link.send(connection, hello(connection));
        return connection;
    }

    Frame.Hello hello(ConnectionId connection) {
        return new Frame.Hello(
                GROUP, LINEAGE, name, store, EPOCH, EpochTable.EMPTY, Position.START, 0, 1, connection);
    }

    void awaitHeard(Heard expected) {
        await().until(() -> heard.contains(expected));
    }

    List<Heard> heardOf(ConnectionId connection) {
        return heard.stream().filter(one -> one.connection().equals(connection)).toList();
    }

    @Override
    public void connected(ConnectionId connection) {
        heard.add(new Opened(connection));
    }

    @Override
    public void received(ConnectionId connection, Frame frame) {
        frames.accept(connection, frame);
    }

    @Override
    public void disconnected(ConnectionId connection, Event.Cause cause) {
        heard.add(new Ended(connection, cause));
    }

    @Override
    public ProbeOutcome.Answered answer(NodeId about) {
        NodeReport report = new NodeReport(
                GROUP, name, store, -5, Role.MASTER, EPOCH, LINEAGE, EPOCH, Position.START, 3, 1);
        return new ProbeOutcome.Answered(report, about.equals(name) ? Sight.ALIVE : Sight.SILENT, new Epoch(1));
    }

    @Override
    public StoreCheckpoint open(NodeId follower, Epoch epoch) {
        CheckpointSource source = checkpoints;
        if (source == null) {
            throw new StorageException(StorageException.Reason.NOT_MASTER, "this node is not master", null);
        }
        return source.open(follower, epoch);
    }

    @Override
    public void close() {
        link.close();
    }
}
