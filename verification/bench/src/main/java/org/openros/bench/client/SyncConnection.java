// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;

/** One WebSocket with any number of sessions. Everything happens on its event loop. */
public final class SyncConnection extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int PING_SECONDS = 55;

    private final CompletableFuture<SyncConnection> upgraded = new CompletableFuture<>();
    private final Map<Long, SyncSession> sessions = new HashMap<>();
    private @Nullable ChannelHandlerContext context;
    private @Nullable ScheduledFuture<?> pings;
    private long outstandingPing = -1;
    private boolean closing;

    SyncConnection() {}

    CompletableFuture<SyncConnection> upgraded() {
        return upgraded;
    }

    /**
     * Binds a session; may be called on any thread.
     *
     * @param partition the partition value as canonical extended JSON
     */
    public SyncSession open(String partition, SyncSession.Listener listener) {
        SyncSession session = new SyncSession(this, partition, listener);
        run(() -> {
            sessions.put(session.start(sessions.size() + 1), session);
        });
        return session;
    }

    /** Runs something on the connection's event loop, at once if the caller is on it. */
    public void run(Runnable action) {
        ChannelHandlerContext open = context();
        if (open.executor().inEventLoop()) {
            action.run();
        } else {
            open.executor().execute(action);
        }
    }

    /** Runs something later on the connection's event loop. */
    public void runAfter(long nanos, Runnable action) {
        context().executor().schedule(action, nanos, TimeUnit.NANOSECONDS);
    }

    /** The event loop; connections of one loop can be driven together. */
    public Object loop() {
        return context().executor();
    }

    /** Closes the connection without telling its sessions that anything is wrong. */
    public void close() {
        run(() -> {
            closing = true;
            context().close();
        });
    }

    void send(ClientMessage message) {
        ChannelHandlerContext open = context();
        open.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message.encode())), open.voidPromise());
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection was not opened");
        }
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            long first = ThreadLocalRandom.current().nextLong(1, PING_SECONDS);
            pings = ctx.executor().scheduleAtFixedRate(this::ping, first, PING_SECONDS, TimeUnit.SECONDS);
            upgraded.complete(this);
        } else if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            fail(new IOException("the upgrade was not answered"));
        }
    }

    private void ping() {
        if (outstandingPing >= 0) {
            fail(new IOException("a PING was not answered for " + PING_SECONDS + " seconds"));
            context().close();
            return;
        }
        outstandingPing = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() & Long.MAX_VALUE);
        send(new ClientMessage.Ping(outstandingPing, 0));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) throws IOException {
        if (frame instanceof BinaryWebSocketFrame && frame.isFinalFragment()) {
            ByteBuf content = frame.content();
            receive(ServerMessageDecoder.decode(ByteBufUtil.getBytes(content)));
        } else if (frame instanceof BinaryWebSocketFrame || frame instanceof ContinuationWebSocketFrame) {
            throw new IOException("the server fragments its messages");
        }
    }

    private void receive(ServerMessage message) throws IOException {
        switch (message) {
            case ServerMessage.Pong pong -> receivePong(pong);
            case ServerMessage.LogMessage log -> {}
            case ServerMessage.JsonError error when error.session() == 0 ->
                throw new IOException("error " + error.code() + ": " + error.body().message());
            case ServerMessage.PlainError error when error.session() == 0 ->
                throw new IOException("error " + error.code() + ": " + error.message());
            case ServerMessage.OfSession of -> session(of.session()).receive(of);
        }
    }

    private void receivePong(ServerMessage.Pong pong) throws IOException {
        if (pong.timestamp() != outstandingPing) {
            throw new IOException("a PONG does not answer the PING");
        }
        outstandingPing = -1;
    }

    private SyncSession session(long ident) throws IOException {
        SyncSession session = sessions.get(ident);
        if (session == null) {
            throw new IOException("a message for a session that never existed");
        }
        return session;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(new IOException("the server closed the connection"));
    }

    void fail(Throwable cause) {
        upgraded.completeExceptionally(cause);
        if (pings != null) {
            pings.cancel(false);
        }
        if (!closing) {
            sessions.values().forEach(session -> session.fail(cause));
        }
    }
}
