// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Opens sync connections; a few event loops serve all of them. Thread-safe. */
public final class SyncNetwork implements AutoCloseable {
    /** The subprotocol that is offered. */
    static final String SUBPROTOCOL = "com.mongodb.realm-sync#14";

    private static final int MAX_FRAME_BYTES = 256 << 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 30_000;

    private final ServerAddress server;
    private final boolean delaysSmallSegments;
    private final MultiThreadIoEventLoopGroup loops;
    private final Class<? extends SocketChannel> channelType;
    private final @Nullable SslContext tls;
    private final @Nullable WorkerNetwork worker;

    /**
     * Starts the event loops.
     *
     * @param threads how many
     * @param delaysSmallSegments leaves Nagle's algorithm on, as stock clients do
     */
    public SyncNetwork(ServerAddress server, int threads, boolean delaysSmallSegments) {
        this.server = server;
        this.delaysSmallSegments = delaysSmallSegments;
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory transport = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        loops = new MultiThreadIoEventLoopGroup(threads, transport);
        tls = server.tls() ? trustingContext() : null;
        worker = server.link() == null ? null : new WorkerNetwork(server.link(), server.app(), threads);
    }

    private static SslContext trustingContext() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException e) {
            throw new IllegalStateException("there is no TLS on this machine", e);
        }
    }

    /**
     * Connects and upgrades.
     *
     * @param token the access token, or null to send none
     */
    public CompletableFuture<SyncConnection> connect(@Nullable String token) {
        SyncConnection connection = new SyncConnection();
        if (worker != null) {
            worker.connect(token == null ? "" : token, connection);
            return connection.upgraded();
        }
        new Bootstrap()
                .group(loops)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, !delaysSmallSegments)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        fill(channel, token, connection);
                    }
                })
                .connect(server.host(), server.port())
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connection.fail(done.cause());
                    }
                });
        return connection.upgraded();
    }

    private void fill(Channel channel, @Nullable String token, SyncConnection connection) {
        ChannelPipeline pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast(tls.newHandler(channel.alloc(), server.host(), server.port()));
        }
        pipeline.addLast(new HttpClientCodec());
        pipeline.addLast(new HttpObjectAggregator(64 << 10));
        pipeline.addLast(new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(server.webSocket(token))
                .version(WebSocketVersion.V13)
                .subprotocol(SUBPROTOCOL)
                .allowExtensions(false)
                .customHeaders(new DefaultHttpHeaders().add("User-Agent", "openros-bench"))
                .maxFramePayloadLength(MAX_FRAME_BYTES)
                .handshakeTimeoutMillis(CONNECT_TIMEOUT_MILLIS)
                .build()));
        if (!delaysSmallSegments) {
            pipeline.addLast(new FlushConsolidationHandler());
        }
        pipeline.addLast(connection);
    }

    /** Closes all connections. */
    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
