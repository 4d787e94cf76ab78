// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView.Registration;
import org.openros.domain.Epoch;
import org.openros.link.SessionLink;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageType;
import org.openros.protocol.ErrorReply;
import org.openros.protocol.ProtocolViolation;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.SyncError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session of a connection, from BIND until its number may be used again (sync protocol, sections 4.2 to 4.4). What
 * the worker and the gateway each send decides its end: after UNBOUND or an error nothing more of it reaches the
 * client, and there is never both. Belongs to the event loop of the connection.
 */
final class Session implements SessionStream.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final String UNAVAILABLE = "the realm is not available for a moment";

    private static final String NEWER_MASTER = "there is a newer master";

    private enum Phase {
        /** BIND received; what the client sends waits until a worker has taken the session. */
        ROUTING,
        /** Messages pass in both directions. */
        OPEN,
        /** UNBIND passed; the worker owes UNBOUND or an error. */
        UNBINDING,
        /** The client was sent an error and owes UNBIND; everything else from it is late. */
        FAILED,
        /** The number may be used again. */
        ENDED
    }

    private final long ident;
    private final SyncConnection connection;
    private final SessionPeers peers;
    private Phase phase = Phase.ROUTING;
    private @Nullable Deque<byte[]> early = new ArrayDeque<>(4);
    private @Nullable Placement placement;
    private @Nullable SessionStream stream;
    private @Nullable Registration access;
    private long takenAt;

    /** Bytes of this session that were sent while its worker had enough. */
    private long ahead;

    /** Until when uploads are accounted for by their rate, in terms of {@link System#nanoTime}. */
    private long uploadsPaid = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);

    Session(long ident, SyncConnection connection, SessionPeers peers) {
        this.ident = ident;
        this.connection = connection;
        this.peers = peers;
    }

    long ident() {
        return ident;
    }

    /** Begins with the client's BIND. */
    void bind(ClientMessage.Bind bind, byte[] message, String accessToken) {
        keep(message);
        peers.router()
                .route(connection.app(), accessToken, bind.path(), connection.id())
                .subscribe(route -> connection.loop().execute(() -> routed(route)));
    }

    /** Takes a further message of the client. */
    void receive(ClientMessageType type, byte[] message) {
        if (type == ClientMessageType.UPLOAD) {
            pace();
        }
        switch (phase) {
            case ROUTING -> whileRouting(type, message);
            case OPEN -> pass(type, message);
            case UNBINDING -> connection.fail(SyncError.BAD_MESSAGE_ORDER, "a message after UNBIND");
            case FAILED -> afterFailure(type, message);
            case ENDED -> throw new IllegalStateException("session " + ident + " has ended");
        }
    }

    private void pace() {
        long now = System.nanoTime();
        uploadsPaid = peers.limits().afterUpload(uploadsPaid, now);
        if (uploadsPaid - now > 0) {
            connection.pause(uploadsPaid - now);
        }
    }

    private void whileRouting(ClientMessageType type, byte[] message) {
        if (type == ClientMessageType.UNBIND) {
            connection.outbox().send(new ServerMessage.Unbound(ident).encode());
            end();
        } else {
            keep(message);
        }
    }

    private void keep(byte[] message) {
        if (early != null) {
            early.add(message);
            wait(message.length);
        }
    }

    /** The route may come too late; the question is not cancelled, because it ends by itself within seconds. */
    private void routed(RealmRoute route) {
        if (phase != Phase.ROUTING) {
            return;
        }
        switch (route) {
            case RealmRoute.Refused refused ->
                fail(connection.patience().told(ident, refused.error()), refused.reason());
            case RealmRoute.Open open -> {
                connection.patience().decided(ident);
                place(open);
            }
        }
    }

    private void place(RealmRoute.Open route) {
        access = peers.access().watch(route.standing(), () -> connection.loop().execute(this::outdated));
        placement = new Placement(this, connection, peers, route);
        placement.begin();
    }

    /** The client comes back in a second, and gets the rights that it has then. */
    private void outdated() {
        if (phase == Phase.ROUTING || phase == Phase.OPEN) {
            fail(SyncError.SESSION_CLOSED, "the rights to the realm may have changed");
        }
    }

    @Override
    public void taken(SessionStream source) {
        if (placement == null || !placement.isOffered(source)) {
            return;
        }
        phase = Phase.OPEN;
        takenAt = System.nanoTime();
        stream = source;
        connection.waitLess(ahead);
        ahead = 0;
        if (early != null) {
            early.forEach(this::forward);
            early = null;
        }
        placement.taken();
    }

    /** No worker has taken the session. */
    void notPlaced(String reason) {
        fail(SyncError.SESSION_CLOSED, reason);
    }

    /** The worker that has the session is the master no longer: whatever it still says does not count. */
    void overtaken(Epoch epoch) {
        switch (phase) {
            case OPEN -> callBack("the realm has moved: its master is that of epoch " + epoch);
            case UNBINDING -> {
                stop(NEWER_MASTER);
                unbound(new ServerMessage.Unbound(ident).encode());
            }
            case FAILED -> stop(NEWER_MASTER);
            case ROUTING, ENDED -> {
                // Nothing is at a worker.
            }
        }
    }

    private void pass(ClientMessageType type, byte[] message) {
        forward(message);
        if (type == ClientMessageType.UNBIND) {
            phase = Phase.UNBINDING;
        }
    }

    private void forward(byte[] message) {
        if (stream != null && !stream.send(message)) {
            wait(message.length);
        }
    }

    private void wait(int bytes) {
        ahead += bytes;
        connection.waitMore(bytes);
    }

    /** UNBIND after an error: the worker is told too, so that it gives the client file free before the next IDENT. */
    private void afterFailure(ClientMessageType type, byte[] message) {
        if (type == ClientMessageType.UNBIND) {
            if (stream != null) {
                stream.send(message);
            }
            end();
        }
    }

    @Override
    public void received(SessionStream source, byte[] message) {
        boolean listening = phase == Phase.OPEN || phase == Phase.UNBINDING;
        if (source != stream || !listening) {
            return;
        }
        try {
            switch (Ending.of(message)) {
                case NONE -> deliver(message, source);
                case UNBOUND -> unbound(message);
                case ERROR -> failedByWorker(message);
            }
        } catch (ProtocolViolation e) {
            LOG.error("connection {} session {}: the worker sent what is no message", connection.id(), ident, e);
            fail(SyncError.SESSION_CLOSED, UNAVAILABLE);
        }
    }

    private void deliver(byte[] message, SessionStream source) {
        if (!connection.outbox().pass(message, this, source)) {
            fail(SyncError.OVERLOADED, "the client does not keep up with what it gets");
        }
    }

    private void unbound(byte[] message) {
        connection.outbox().drop(this);
        connection.outbox().send(message);
        stream = null;
        end();
    }

    private void failedByWorker(byte[] message) {
        connection.outbox().drop(this);
        connection.outbox().send(message);
        if (phase == Phase.UNBINDING) {
            end();
        } else {
            phase = Phase.FAILED;
        }
    }

    @Override
    public void ready(SessionStream source) {
        if (source == stream) {
            long released = ahead;
            ahead = 0;
            connection.waitLess(released);
        }
    }

    @Override
    public void closed(SessionStream source, Status status, Metadata trailers) {
        if (placement == null) {
            return;
        }
        if (placement.isOffered(source)) {
            placement.refused(status, trailers);
        } else if (source == stream) {
            placement.learn(trailers);
            ended(status, trailers);
        }
    }

    private void ended(Status status, Metadata trailers) {
        stream = null;
        connection.waitLess(ahead);
        ahead = 0;
        SyncError violation = violation(status, trailers);
        if (violation != null) {
            connection.fail(violation, String.valueOf(status.getDescription()));
        } else if (phase == Phase.UNBINDING) {
            unbound(new ServerMessage.Unbound(ident).encode());
        } else if (phase == Phase.OPEN) {
            LOG.debug("connection {} session {}: the worker ended the stream: {}", connection.id(), ident, status);
            callBack(UNAVAILABLE);
        }
    }

    /**
     * The client is to bind again, and is held then until there is a master. One that was only just served waits
     * before.
     */
    private void callBack(String reason) {
        boolean settled = System.nanoTime() - takenAt >= peers.settled().toNanos();
        fail(settled ? SyncError.MOVED : SyncError.SESSION_CLOSED, reason);
    }

    private static @Nullable SyncError violation(Status status, Metadata trailers) {
        String code = trailers.get(SessionLink.CONNECTION_ERROR);
        if (status.getCode() != Status.Code.INVALID_ARGUMENT || code == null) {
            return null;
        }
        for (SyncError error : SyncError.values()) {
            if (!error.isSessionLevel() && Integer.toString(error.code()).equals(code)) {
                return error;
            }
        }
        return SyncError.BAD_SYNTAX;
    }

    /** Ends the session from this side, in the form that the client's version understands. */
    void fail(SyncError error, String reason) {
        boolean mayHearIt = phase == Phase.ROUTING || phase == Phase.OPEN;
        stop(reason);
        if (!mayHearIt) {
            return;
        }
        phase = Phase.FAILED;
        connection.outbox().drop(this);
        peers.metrics().failed(error.name());
        ErrorReply reply =
                ErrorReply.encode(error, reason, error.isSessionLevel() ? ident : 0, connection.protocolVersion());
        switch (reply) {
            case ErrorReply.Message message -> connection.outbox().send(message.bytes());
            case ErrorReply.CloseTcp close -> connection.close();
            case ErrorReply.RefuseUpgrade refuse -> connection.close();
            case ErrorReply.CloseWebSocket close -> connection.closeWebSocket(close.code());
        }
    }

    private void end() {
        abandon("the session is over");
        connection.forget(this);
    }

    /** Stops everything that runs for this session, because it or its connection is over; the client hears nothing. */
    void abandon(String reason) {
        phase = Phase.ENDED;
        stop(reason);
    }

    private void stop(String reason) {
        early = null;
        connection.waitLess(ahead);
        ahead = 0;
        if (access != null) {
            access.close();
            access = null;
        }
        if (placement != null) {
            placement.end(reason);
        }
        if (stream != null) {
            stream.cancel(reason);
            stream = null;
        }
    }
}
