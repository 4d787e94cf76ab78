// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageDecoder;
import org.openros.protocol.ErrorReply;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.SyncError;

/** A server of partition-based sync that is just enough for the load generator. */
final class FakeServer implements AutoCloseable {
    private static final String SYNC_PATH = "/api/client/v2.0/app/test/realm-sync";
    private static final byte[] TOKEN = "{\"access_token\":\"a.b.c\"}".getBytes(StandardCharsets.UTF_8);

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<String, FakeRealm> realms = new HashMap<>();
    private final AtomicInteger logIns = new AtomicInteger();
    private final AtomicInteger uploads = new AtomicInteger();
    private final int uploadsBeforeFailure;
    private final Channel listening;

    FakeServer() {
        this(Integer.MAX_VALUE);
    }

    /** Ends the session that makes one upload too many. */
    FakeServer(int uploadsBeforeFailure) {
        this.uploadsBeforeFailure = uploadsBeforeFailure;
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(1 << 16))
                                .addLast(new LogIn())
                                .addLast(new WebSocketServerProtocolHandler(
                                        SYNC_PATH, "com.mongodb.realm-sync#14", false, 1 << 26, false, true))
                                .addLast(new Sync());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    String url() {
        return "http://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
    }

    int logIns() {
        return logIns.get();
    }

    int uploads() {
        return uploads.get();
    }

    @Override
    public void close() {
        listening.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class LogIn extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (!request.uri().endsWith("/auth/providers/anon-user/login")) {
                context.fireChannelRead(request.retain());
                return;
            }
            logIns.incrementAndGet();
            var response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(TOKEN));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, TOKEN.length)
                    .set(HttpHeaderNames.CONNECTION, "close");
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class Sync extends SimpleChannelInboundHandler<BinaryWebSocketFrame> {
        private final Map<Long, FakeRealm.Session> sessions = new HashMap<>();

        @Override
        protected void channelRead0(ChannelHandlerContext context, BinaryWebSocketFrame frame) {
            ClientMessage message = ClientMessageDecoder.decode(ByteBufUtil.getBytes(frame.content()));
            Consumer<ServerMessage> client = answer -> send(context, answer.encode());
            switch (message) {
                case ClientMessage.Bind bind -> {
                    FakeRealm realm = realms.computeIfAbsent(bind.path(), path -> new FakeRealm());
                    sessions.put(bind.session(), realm.new Session(bind.session(), client));
                }
                case ClientMessage.Ping ping -> client.accept(new ServerMessage.Pong(ping.timestamp()));
                case ClientMessage.Upload upload when uploads.incrementAndGet() > uploadsBeforeFailure ->
                    send(context, refusal(upload.session()));
                case ClientMessage.OfSession of ->
                    Objects.requireNonNull(sessions.get(of.session())).receive(of);
            }
        }

        private static byte[] refusal(long session) {
            return ((ErrorReply.Message) ErrorReply.encode(SyncError.BAD_CHANGESET, "enough", session, 14)).bytes();
        }

        private static void send(ChannelHandlerContext context, byte[] message) {
            context.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            sessions.values().forEach(FakeRealm.Session::leave);
        }
    }
}
