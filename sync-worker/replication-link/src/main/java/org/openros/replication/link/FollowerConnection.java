// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.link.wire.FollowerFrame;
import org.openros.replication.link.wire.MasterFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that a follower has opened. It exists for the listener from the follower's Hello on. */
final class FollowerConnection extends Connection implements EntrySender.Outlet {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerConnection.class);

    private final ServerCall<FollowerFrame, MasterFrame> call;
    private final Connections connections;
    private final Executor executor;
    private final Runnable gone;
    private volatile @Nullable ConnectionId id;
    private volatile @Nullable EntrySender sender;
    private boolean closed;

    FollowerConnection(
            ServerCall<FollowerFrame, MasterFrame> call,
            LinkListener listener,
            Connections connections,
            Executor executor,
            Runnable gone) {
        super(listener);
        this.call = call;
        this.connections = connections;
        this.executor = executor;
        this.gone = gone;
    }

    ServerCall.Listener<FollowerFrame> begin() {
        call.sendHeaders(new Metadata());
        call.request(1);
        return new Listener();
    }

    @Override
    ConnectionId id() {
        return Objects.requireNonNull(id, "before the Hello nothing is reported");
    }

    boolean isNamed() {
        return id != null;
    }

    @Override
    void send(Frame frame) {
        send(MasterFrames.encode((Frame.FromMaster) frame));
    }

    @Override
    public void send(MasterFrame frame) {
        synchronized (call) {
            if (!closed) {
                call.sendMessage(frame);
            }
        }
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    /** Sends entries from now on, instead of those of an earlier stream. */
    synchronized void stream(EntryStream stream) {
        stopStream();
        EntrySender begun = new EntrySender(stream, this, executor);
        sender = begun;
        begun.start();
    }

    synchronized void stopStream() {
        EntrySender present = sender;
        sender = null;
        if (present != null) {
            present.stop();
        }
    }

    @Override
    void written() {
        EntrySender present = sender;
        if (present != null) {
            present.written();
        }
    }

    @Override
    public void hangUp() {
        close(Status.OK);
        executor.execute(() -> end(Event.Cause.LOCAL));
    }

    @Override
    void cut() {
        drop(Status.UNAVAILABLE.withDescription("this node stops"));
    }

    /** Ends a connection that has not said who it is. */
    void dropUnnamed() {
        if (!isNamed()) {
            LOG.warn("dropped a connection from {}: no Hello came", peer());
            drop(Status.DEADLINE_EXCEEDED.withDescription("no Hello came"));
        }
    }

    private void drop(Status status) {
        close(status);
        end(Event.Cause.LOCAL);
    }

    private void close(Status status) {
        stopStream();
        synchronized (call) {
            if (!closed) {
                closed = true;
                call.close(status, new Metadata());
            }
        }
    }

    private void end(Event.Cause cause) {
        stopStream();
        connections.remove(this);
        if (isNamed()) {
            reportEnd(cause);
        }
    }

    private void receive(FollowerFrame wire) {
        try {
            Frame.FromFollower frame = FollowerFrames.decode(wire);
            if (frame != null) {
                receive(frame);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("dropped the connection of a follower at {}: {}", peer(), e.getMessage());
            drop(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
        }
    }

    private void receive(Frame.FromFollower frame) {
        switch (frame) {
            case Frame.Hello hello -> name(hello.connection());
            case Frame.Ack ack -> acknowledge(ack);
            case Frame.Fenced fenced -> requireHello();
            case Frame.SwapMeOut swap -> requireHello();
            case Frame.Unable unable -> requireHello();
        }
        report(frame);
    }

    private void name(ConnectionId given) {
        if (isNamed()) {
            throw new IllegalArgumentException("a second Hello on one connection");
        }
        id = given;
        if (!connections.add(this)) {
            id = null;
            throw new IllegalArgumentException("two connections have the same name");
        }
    }

    private void requireHello() {
        if (!isNamed()) {
            throw new IllegalArgumentException("the first frame has to be a Hello");
        }
    }

    private void acknowledge(Frame.Ack ack) {
        requireHello();
        EntrySender present = sender;
        if (present != null) {
            present.acknowledged(ack.seq());
        }
    }

    private @Nullable Object peer() {
        return call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }

    private final class Listener extends ServerCall.Listener<FollowerFrame> {
        @Override
        public void onMessage(FollowerFrame message) {
            receive(message);
            call.request(1);
        }

        @Override
        public void onReady() {
            EntrySender present = sender;
            if (present != null) {
                present.ready();
            }
        }

        @Override
        public void onHalfClose() {
            Event.Cause cause = cause();
            close(Status.OK);
            end(cause);
        }

        @Override
        public void onCancel() {
            gone.run();
            end(cause());
        }

        private Event.Cause cause() {
            synchronized (call) {
                return closed ? Event.Cause.LOCAL : Event.Cause.RESET;
            }
        }

        @Override
        public void onComplete() {
            gone.run();
        }
    }
}
