// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openros.domain.NodeId;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.link.wire.OpenCheckpointRequest;
import org.openros.replication.link.wire.ProbeRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's connections to the other nodes of its group, in both directions: carries out the actions of the role machine
 * that concern them. Thread-safe. No method but {@link #start} and {@link #close} blocks, and none
 * but {@link #close} calls the host.
 */
public final class ReplicationLink implements AutoCloseable {
    /** How often abandoned checkpoints are looked for, in seconds. */
    private static final int SWEEP_SECONDS = 15;

    /** A thread without work ends after this time, in seconds. */
    private static final int IDLE_THREAD_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationLink.class);

    private final LinkSettings settings;
    private final LinkHost host;
    private final Connections connections = new Connections();
    private final DialLog dials = new DialLog();
    private final ExecutorService executor = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            threads("replication-work-"),
            new ThreadPoolExecutor.DiscardPolicy());
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1, threads("replication-timer-"), new ThreadPoolExecutor.DiscardPolicy());
    private final CheckpointShelf shelf = new CheckpointShelf(System::nanoTime);
    private final LinkTransport transport;
    private final Server server;

    private ReplicationLink(LinkSettings settings, LinkHost host) throws IOException {
        this.settings = settings;
        this.host = host;
        transport = new LinkTransport(settings.tls(), executor);
        try {
            server = transport.listen(settings.listen(), service().definition());
        } catch (IOException | IllegalArgumentException e) {
            transport.close();
            throw e;
        }
        timer.scheduleWithFixedDelay(
                () -> executor.execute(shelf::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Listens for the other nodes.
     *
     * @throws IOException if the address cannot be bound, or certificates or keys cannot be read
     * @throws IllegalArgumentException if the address is not of the form {@code grpc://host:port}
     */
    public static ReplicationLink start(LinkSettings settings, LinkHost host) throws IOException {
        return new ReplicationLink(settings, host);
    }

    private ReplicationService service() {
        CheckpointService checkpoints = new CheckpointService(settings.group(), host, shelf, executor);
        return new ReplicationService(settings.group(), host, connections, checkpoints, executor, timer);
    }

    private static ThreadFactory threads(String prefix) {
        return Thread.ofPlatform().daemon().name(prefix, 0).factory();
    }

    /**
     * The address under which the other nodes reach this one, with the port that was bound.
     *
     * @param host name or address of this machine ({@code ros.worker.replication.advertise})
     */
    public URI address(String host) {
        return URI.create("grpc://" + host + ":" + server.getPort());
    }

    /**
     * Opens a stream to a master. Within about a second the host hears that it is connected or disconnected.
     *
     * @param at {@code grpc://host:port}; another form counts as unreachable
     */
    public void dial(ConnectionId connection, URI at) {
        try {
            MasterConnection dialled =
                    new MasterConnection(connection, transport.channel(at), host, connections, timer, dials);
            connections.add(dialled);
            dialled.begin();
        } catch (IllegalArgumentException e) {
            LOG.warn("the master cannot be dialled: {}", e.getMessage());
            executor.execute(() -> host.disconnected(connection, Event.Cause.UNREACHABLE));
        }
    }

    /** Ends a connection, from either side; frames that were sent before arrive if the peer reads them soon. */
    public void hangUp(ConnectionId connection) {
        Connection known = connections.find(connection);
        if (known != null) {
            known.hangUp();
        }
    }

    /**
     * Sends a frame behind the earlier ones; drops it if the connection is gone.
     *
     * @param frame of the side that this node is on; entries are sent by {@link #streamFrom} only
     */
    public void send(ConnectionId connection, Frame frame) {
        Connection known = connections.find(connection);
        if (known != null) {
            known.send(frame);
        }
    }

    /**
     * Sends a follower all entries behind a number, as they are written, until {@link #stopStream} or the end of the
     * connection. If the log does not have them any more the connection is ended, so that the follower asks anew.
     */
    public void streamFrom(ConnectionId connection, EntryStream stream) {
        if (connections.find(connection) instanceof FollowerConnection follower) {
            follower.stream(stream);
        }
    }

    /** Sends no more entries. */
    public void stopStream(ConnectionId connection) {
        if (connections.find(connection) instanceof FollowerConnection follower) {
            follower.stopStream();
        }
    }

    /**
     * The log has grown ({@code CommitGate.written}): what was written is sent to all followers that have everything
     * else, by the calling thread.
     */
    public void written() {
        for (Connection connection : connections.all()) {
            connection.written();
        }
    }

    /**
     * Calls another node directly, on a new connection.
     *
     * @param about the node of which the other one shall say how it sees it
     * @param caller gets the outcome after a second at most, on a thread of the link
     */
    public void probe(URI at, NodeId about, Consumer<ProbeOutcome> caller) {
        ProbeRequest request = ProbeRequest.newBuilder()
                .setGroup(settings.group().value())
                .setFrom(settings.node().value())
                .setAbout(about.value())
                .build();
        executor.execute(() -> {
            try {
                ProbeCall.begin(transport.channel(at), request, caller);
            } catch (IllegalArgumentException e) {
                caller.accept(new ProbeOutcome.Silent(String.valueOf(e.getMessage())));
            }
        });
    }

    /**
     * Begins to fetch a checkpoint.
     *
     * @throws IllegalArgumentException if the master's address is not of the form {@code grpc://host:port}
     */
    public CheckpointFetch fetch(CheckpointOrder order, FetchProgress progress) {
        OpenCheckpointRequest request = OpenCheckpointRequest.newBuilder()
                .setGroup(settings.group().value())
                .setNode(settings.node().value())
                .setEpoch(order.epoch().value())
                .build();
        ManagedChannel channel = transport.channel(order.master());
        return CheckpointFetch.start(order, channel, new CheckpointFiles(request, order.into(), channel, progress));
    }

    /**
     * Cuts all connections and stops listening. Each connection is reported as {@link Event.Cause#LOCAL} before this
     * returns, so the caller must not hold a lock that the host needs. Fetches that are under way fail. Idempotent.
     */
    @Override
    public void close() {
        server.shutdown();
        List.copyOf(connections.all()).forEach(Connection::cut);
        awaitEnd(server.shutdownNow());
        shelf.close();
        timer.shutdownNow();
        executor.shutdownNow();
        transport.close();
    }

    private static void awaitEnd(Server server) {
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
