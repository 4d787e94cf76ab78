// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import org.openros.gateway.edge.Limit;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageDecoder;
import org.openros.protocol.ClientMessageType;
import org.openros.protocol.ErrorReply;
import org.openros.protocol.LogLevel;
import org.openros.protocol.MessageRoute;
import org.openros.protocol.ProtocolViolation;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.SyncError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/**
 * The connection of one client after the upgrade: the last handler of its pipeline. It answers what concerns the whole
 * connection, hands each message to its session, and reads from the socket only while the workers keep up. Everything
 * runs on the connection's event loop, except where said otherwise.
 */
// A write that fails closes the channel, and that is noticed here anyway.
@SuppressWarnings("FutureReturnValueIgnored")
final class SyncConnection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(SyncConnection.class);

    /** How long a client may take to close after a connection-level error, in seconds. */
    private static final int FAREWELL_SECONDS = 5;

    /** The most PONGs that may be on their way to a client that does not read. */
    private static final int MAX_STUCK_PONGS = 100;

    /**
     * The kernel takes more when it has less than this to send, in bytes. Its own rule is a part of a buffer of
     * megabytes, and a client that takes that slowly would look as if it took nothing.
     */
    private static final int UNSENT_IN_KERNEL = 128 << 10;

    /** An UPLOAD without changesets is no longer than this, its numbers all being as long as they get. */
    private static final int EMPTY_UPLOAD_BYTES = 128;

    private final String id;
    private final AppId app;
    private final int protocolVersion;
    private final SyncSettings settings;
    private final SessionPeers peers;
    private final SyncConnections registry;
    private final LongObjectMap<Session> sessions = new LongObjectHashMap<>(2);
    private final Patience patience = new Patience();
    private String accessToken;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Outbox outbox;

    /** Bytes that wait for routes or for workers. */
    private long waiting;

    /** Reading has stopped because too much waits. */
    private boolean stopped;

    /** Reading has stopped for a moment because uploads come too fast. */
    private boolean paused;

    /** The client gets nothing more, and what it sends does not matter any more. */
    private boolean ended;

    /** What was read last gets an answer without delay, which acknowledges it to the client's kernel too. */
    private boolean answered;

    private int stuckPongs;

    private volatile long lastHeard = System.nanoTime();

    SyncConnection(Handshake handshake, SyncSettings settings, SessionPeers peers, SyncConnections registry) {
        this.id = handshake.connectionId();
        this.app = handshake.app();
        this.protocolVersion = handshake.protocolVersion();
        this.accessToken = handshake.accessToken();
        this.settings = settings;
        this.peers = peers;
        this.registry = registry;
    }

    String id() {
        return id;
    }

    AppId app() {
        return app;
    }

    int protocolVersion() {
        return protocolVersion;
    }

    EventLoop loop() {
        return channel().eventLoop();
    }

    Outbox outbox() {
        return requireNonNull(outbox);
    }

    Patience patience() {
        return patience;
    }

    /** When the client was last heard, in terms of {@link System#nanoTime}. Any thread. */
    long lastHeard() {
        return lastHeard;
    }

    private Channel channel() {
        return requireNonNull(context).channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        outbox = new Outbox(ctx, peers);
        if (ctx.channel() instanceof EpollSocketChannel socket) {
            socket.config().setTcpNotSentLowAt(UNSENT_IN_KERNEL);
        }
        registry.add(this);
    }

    /** Greets the client and begins to read. Called once, when the upgrade is on its way. */
    void begin() {
        if (protocolVersion >= ServerMessage.LogMessage.FIRST_VERSION) {
            outbox().send(new ServerMessage.LogMessage(0, id, LogLevel.INFO, "connected").encode());
        }
        requireNonNull(context).read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        try {
            if (!ended) {
                read(ctx, frame);
            }
        } catch (ProtocolViolation e) {
            fail(e.error(), String.valueOf(e.getMessage()));
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void read(ChannelHandlerContext ctx, Object frame) {
        switch (frame) {
            case BinaryWebSocketFrame binary -> receive(content(binary.content()));
            case PingWebSocketFrame ping -> answer(ctx, ping);
            case CloseWebSocketFrame close -> closeWebSocket(close.retain());
            default -> LOG.trace("connection {}: ignored a {}", id, frame.getClass().getSimpleName());
        }
    }

    private void answer(ChannelHandlerContext ctx, PingWebSocketFrame ping) {
        boundPongs();
        ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
    }

    /** PONGs are sent even if the client does not read; one that asks for many and reads none is not a stock client. */
    private void boundPongs() {
        stuckPongs = channel().isWritable() ? 0 : stuckPongs + 1;
        if (stuckPongs > MAX_STUCK_PONGS) {
            throw new ProtocolViolation(SyncError.BAD_MESSAGE_ORDER, "PING after PING without reading a PONG");
        }
    }

    private static byte[] content(ByteBuf buffer) {
        return ByteBufUtil.getBytes(buffer);
    }

    private void receive(byte[] message) {
        peers.metrics().received(message.length);
        MessageRoute route = ClientMessageDecoder.route(message);
        answered = route.type() == ClientMessageType.UPLOAD && message.length > EMPTY_UPLOAD_BYTES;
        switch (route.type()) {
            case PING -> pong(message);
            case BIND -> bind(message);
            case REFRESH -> refresh(message);
            default -> session(route.session()).receive(route.type(), message);
        }
    }

    private void pong(byte[] message) {
        if (ClientMessageDecoder.decode(message) instanceof ClientMessage.Ping ping) {
            boundPongs();
            outbox().sendFirst(new ServerMessage.Pong(ping.timestamp()).encode());
        }
    }

    private void bind(byte[] message) {
        if (!(ClientMessageDecoder.decode(message) instanceof ClientMessage.Bind bind)) {
            return;
        }
        if (sessions.containsKey(bind.session())) {
            throw new ProtocolViolation(SyncError.REUSE_OF_SESSION_IDENT, "BIND of a session that exists");
        }
        boolean full = sessions.size() >= settings.maxSessions();
        if (full && sessions.size() >= 2L * settings.maxSessions()) {
            throw new ProtocolViolation(SyncError.BAD_BODY, "far too many sessions on one connection");
        }
        Session session = new Session(bind.session(), this, peers);
        sessions.put(bind.session(), session);
        peers.metrics().sessionOpened();
        if (full) {
            peers.limits().reached(Limit.SESSIONS);
            session.fail(SyncError.OVERLOADED, "too many sessions on one connection");
        } else {
            session.bind(bind, message, bind.token().isEmpty() ? accessToken : bind.token());
        }
    }

    /** A new token of an old client; sessions that are open keep the rights that they got. */
    private void refresh(byte[] message) {
        if (ClientMessageDecoder.decode(message) instanceof ClientMessage.Refresh refresh) {
            session(refresh.session());
            accessToken = refresh.token();
        }
    }

    private Session session(long ident) {
        Session session = sessions.get(ident);
        if (session == null) {
            throw new ProtocolViolation(SyncError.BAD_SESSION_IDENT, "a message for a session that does not exist");
        }
        return session;
    }

    /** The session's number may be used again. */
    void forget(Session session) {
        if (sessions.remove(session.ident()) != null) {
            peers.metrics().sessionClosed();
        }
    }

    /** More bytes of the client wait for a route or for a worker. */
    void waitMore(long bytes) {
        waiting += bytes;
        peers.limits().buffered().change(bytes);
        stopped |= waiting > settings.readAhead().toBytes();
    }

    /** Fewer bytes wait. */
    void waitLess(long bytes) {
        waiting -= bytes;
        peers.limits().buffered().change(-bytes);
        if (stopped && waiting <= settings.readAhead().toBytes()) {
            stopped = false;
            goOnReading();
        }
    }

    /** Uploads come too fast: nothing is read for this time. */
    void pause(long nanos) {
        if (!paused) {
            paused = true;
            peers.limits().reached(Limit.UPLOADS_PER_SECOND);
            loop().schedule(this::resume, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void resume() {
        paused = false;
        goOnReading();
    }

    private void goOnReading() {
        if (!stopped && !paused) {
            requireNonNull(context).read();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Not with each message: a large one may be on its way for longer than a client may be silent.
        lastHeard = System.nanoTime();
        // Stock clients leave Nagle's algorithm on and follow an upload by an empty one, which has no answer; without this
        // option, which the kernel resets, the next would wait for the delayed acknowledgement of the empty one.
        if (!answered && ctx.channel() instanceof EpollSocketChannel socket && socket.isActive()) {
            socket.config().setTcpQuickAck(true);
        }
        goOnReading();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        outbox().drain();
    }

    /** Ends the whole connection: the client closes as soon as it has read the error. */
    void fail(SyncError error, String reason) {
        if (ended) {
            return;
        }
        LOG.info("connection {}: {} ({})", id, error, reason);
        peers.metrics().failed(error.name());
        end(reason);
        switch (ErrorReply.encode(error, reason, 0, protocolVersion)) {
            case ErrorReply.Message message -> sayFarewell(message.bytes());
            case ErrorReply.CloseTcp close -> channel().close();
            case ErrorReply.RefuseUpgrade refuse -> channel().close();
            case ErrorReply.CloseWebSocket close -> closeWebSocket(new CloseWebSocketFrame(close.code(), ""));
        }
    }

    /** Input goes on being read and dropped: closing a socket with unread input would destroy the error on its way. */
    private void sayFarewell(byte[] message) {
        channel()
                .writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)))
                .addListener(written -> shutdownOutput());
        loop().schedule(() -> channel().close(), FAREWELL_SECONDS, TimeUnit.SECONDS);
    }

    private void shutdownOutput() {
        if (channel() instanceof DuplexChannel socket && channel().pipeline().get(SslHandler.class) == null) {
            socket.shutdownOutput();
        } else {
            channel().close();
        }
    }

    /** Closes with a close frame; the client does not answer it. */
    void closeWebSocket(int code) {
        closeWebSocket(new CloseWebSocketFrame(code, ""));
    }

    private void closeWebSocket(CloseWebSocketFrame frame) {
        end("the connection is closed");
        channel().writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes TCP without a close frame. */
    void close() {
        end("the connection is closed");
        channel().close();
    }

    /** The client has been silent for too long. */
    void closeSilent() {
        if (!ended) {
            LOG.info("connection {}: closed, the client has been silent for too long", id);
        }
        close();
    }

    /** Whether the socket is open. Any thread. */
    boolean isOpen() {
        return channel().isActive();
    }

    /** Whether the socket takes more. Any thread. */
    boolean isWritable() {
        return channel().isWritable();
    }

    /** A number that changes with each byte that leaves while something waits. */
    long outgoingProgress() {
        ChannelOutboundBuffer buffer = channel().unsafe().outboundBuffer();
        return buffer == null
                ? 0
                : Objects.hash(
                        System.identityHashCode(buffer.current()),
                        buffer.totalPendingWriteBytes(),
                        buffer.currentProgress());
    }

    /** The client takes nothing of what waits for it; neither is it kept in the kernel any longer. */
    void evict() {
        if (isOpen()) {
            LOG.info("connection {}: closed, the client does not read", id);
            peers.limits().reached(Limit.SLOW_CLIENT);
            channel().config().setOption(ChannelOption.SO_LINGER, 0);
            close();
        }
    }

    /** The gateway is stopping: after a delay sessions are told to try again, then TCP is closed. Any thread. */
    void drain(long delayNanos) {
        loop().schedule(this::drainNow, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void drainNow() {
        if (!ended) {
            List.copyOf(sessions.values())
                    .forEach(session -> session.fail(SyncError.SESSION_CLOSED, "the gateway is stopping"));
            end("the gateway is stopping");
            channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void end(String reason) {
        ended = true;
        outbox().clear();
        List<Session> all = List.copyOf(sessions.values());
        all.forEach(session -> session.abandon(reason));
        all.forEach(this::forget);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end("the client's connection is gone");
        outbox().release();
        registry.remove(this);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("connection {}", id, cause);
        if (isTooLong(cause)) {
            fail(SyncError.BAD_BODY, "a message is too large");
        } else {
            close();
        }
    }

    private static boolean isTooLong(Throwable cause) {
        return cause instanceof TooLongFrameException
                || (cause instanceof CorruptedWebSocketFrameException frame
                        && frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG));
    }
}
