// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.link.wire.FollowerFrame;
import org.openros.replication.link.wire.MasterFrame;
import org.openros.replication.link.wire.ReplicationGrpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection that this node has dialled, as follower. */
final class MasterConnection extends Connection {
    /** A peer that does not answer in this time, in milliseconds, is unreachable. */
    private static final int DIAL_MILLIS = 1000;

    /** The time in milliseconds in which last words reach the peer after this node has hung up. */
    private static final int LAST_WORDS_MILLIS = 500;

    /**
     * With so many bytes not acknowledged nothing more is read from the connection. A master keeps far from it; one
     * that does not is held up.
     */
    private static final long MAX_BACKLOG_BYTES = EntrySender.MAX_BACKLOG_BYTES + EntryUnpacker.MAX_PAYLOAD_BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(MasterConnection.class);

    private final ConnectionId id;
    private final ManagedChannel channel;
    private final Connections connections;
    private final ScheduledExecutorService timer;
    private final DialLog log;
    private final ClientCall<FollowerFrame, MasterFrame> call;
    private final EntryUnpacker unpacker = new EntryUnpacker();
    private final Backlog backlog = new Backlog();
    private boolean closed;
    private boolean heldUp;
    private volatile boolean connected;

    MasterConnection(
            ConnectionId id,
            ManagedChannel channel,
            LinkListener listener,
            Connections connections,
            ScheduledExecutorService timer,
            DialLog log) {
        super(listener);
        this.id = id;
        this.channel = channel;
        this.connections = connections;
        this.timer = timer;
        this.log = log;
        call = channel.newCall(ReplicationGrpc.getFollowMethod(), CallOptions.DEFAULT);
    }

    /** Dials. */
    void begin() {
        timer.execute(() -> {
            call.start(new Listener(), new Metadata());
            call.request(1);
        });
        timer.schedule(this::giveUp, DIAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void giveUp() {
        if (!connected && !isClosed()) {
            log.failed(channel.authority(), "no answer");
            end(Event.Cause.UNREACHABLE);
        }
    }

    private boolean isClosed() {
        synchronized (call) {
            return closed;
        }
    }

    @Override
    ConnectionId id() {
        return id;
    }

    @Override
    void send(Frame frame) {
        FollowerFrame wire = FollowerFrames.encode((Frame.FromFollower) frame);
        synchronized (call) {
            if (!closed && connected) {
                call.sendMessage(wire);
            }
        }
        if (frame instanceof Frame.Ack ack) {
            release(ack.seq());
        }
    }

    private void release(long seq) {
        backlog.release(seq);
        synchronized (call) {
            if (heldUp && backlog.bytes() < MAX_BACKLOG_BYTES) {
                heldUp = false;
                call.request(1);
            }
        }
    }

    private void requestNext() {
        synchronized (call) {
            heldUp = backlog.bytes() >= MAX_BACKLOG_BYTES;
            if (!heldUp) {
                call.request(1);
            }
        }
    }

    @Override
    void hangUp() {
        synchronized (call) {
            if (!closed && connected) {
                call.halfClose();
            }
            closed = true;
        }
        timer.execute(() -> reportGone(Event.Cause.LOCAL));
        timer.schedule(channel::shutdownNow, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    void cut() {
        end(Event.Cause.LOCAL);
    }

    /** The report comes first: shutting down may end the call on this thread, with a cause that says less. */
    private void end(Event.Cause cause) {
        boolean hungUp;
        synchronized (call) {
            hungUp = closed;
            closed = true;
        }
        reportGone(hungUp ? Event.Cause.LOCAL : cause);
        channel.shutdownNow();
    }

    private void reportGone(Event.Cause cause) {
        connections.remove(this);
        reportEnd(cause);
    }

    private void receive(MasterFrame wire) {
        try {
            Frame frame = wire.hasEntries() ? entries(wire) : MasterFrames.decode(wire);
            if (frame != null) {
                report(frame);
            }
            requestNext();
        } catch (IllegalArgumentException e) {
            LOG.warn("dropped the connection to the master at {}: {}", channel.authority(), e.getMessage());
            end(Event.Cause.RESET);
        }
    }

    private @Nullable Frame entries(MasterFrame wire) {
        int count = wire.getEntries().getEntriesCount();
        if (count > 0) {
            backlog.add(wire.getEntries().getEntries(count - 1).getSeq(), wire.getSerializedSize());
        }
        return unpacker.unpack(new Epoch(wire.getEpoch()), wire.getEntries());
    }

    private final class Listener extends ClientCall.Listener<MasterFrame> {
        @Override
        public void onReady() {
            if (!connected) {
                connected = true;
                log.reached(channel.authority());
                reportConnected();
            }
        }

        @Override
        public void onMessage(MasterFrame message) {
            receive(message);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!connected && !isClosed()) {
                log.failed(channel.authority(), LinkEnd.message(status));
            }
            end(LinkEnd.cause(status));
        }
    }
}
