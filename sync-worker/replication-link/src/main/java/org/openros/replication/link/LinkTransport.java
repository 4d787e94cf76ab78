// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 connections between nodes. They have event loops of their own: a heartbeat does not wait behind the work for
 * clients.
 */
final class LinkTransport implements AutoCloseable {
    /** The largest message in bytes: frames and chunks are far smaller, a long epoch table or list of files is not. */
    static final int MAX_MESSAGE_BYTES = 8 << 20;

    /**
     * How much a peer may send before it was read, in bytes: on a slow line everything waits behind so much at most. It
     * also limits the throughput, to so much in one round trip.
     */
    private static final int WINDOW_BYTES = 64 << 10;

    /** Event loops; a node has two or three connections that matter. */
    private static final int THREADS = 2;

    /** The time in milliseconds for opening a TCP connection. */
    private static final int CONNECT_MILLIS = 1000;

    /** A silent peer is probed after this time, in seconds, when this node has dialled. */
    private static final int DIALLER_KEEP_ALIVE_SECONDS = 10;

    /** The same for a peer that has dialled this node. */
    private static final int LISTENER_KEEP_ALIVE_SECONDS = 5;

    /** A probe that stays unanswered for this time, in seconds, ends a connection. */
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

    /** The time in seconds for the handshake of a connection, and for the first call on it. */
    private static final int HANDSHAKE_SECONDS = 10;

    /** A connection without calls is closed after this time, in seconds. */
    private static final int IDLE_SECONDS = 60;

    /** Calls that one peer may have at the same time on one connection. */
    private static final int MAX_CALLS = 8;

    /** The longest time in seconds for an orderly end of a connection. */
    private static final int CLOSE_SECONDS = 1;

    /** Where the system has epoll, being woken and writing a frame cost less with it. */
    private static final boolean EPOLL = Epoll.isAvailable();

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            THREADS,
            new DefaultThreadFactory("replication-link", true),
            EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final Set<ManagedChannel> channels = ConcurrentHashMap.newKeySet();
    private final @Nullable ReplicationTls tls;
    private final ChannelCredentials credentials;
    private final Executor offload;

    /**
     * Reads certificates and keys.
     *
     * @param offload resolves names
     */
    LinkTransport(@Nullable ReplicationTls tls, Executor offload) throws IOException {
        this.tls = tls;
        this.offload = offload;
        credentials = ReplicationTls.client(tls);
    }

    Server listen(URI address, ServerServiceDefinition service) throws IOException {
        return NettyServerBuilder.forAddress(
                        new InetSocketAddress(host(address), address.getPort()), ReplicationTls.server(tls))
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .channelType(EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .directExecutor()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .maxConcurrentCallsPerConnection(MAX_CALLS)
                .flowControlWindow(WINDOW_BYTES)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .maxConnectionIdle(IDLE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTime(LISTENER_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(LISTENER_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .addService(service)
                .build()
                .start();
    }

    /** A new connection, opened by the first call. */
    ManagedChannel channel(URI address) {
        ManagedChannel channel = NettyChannelBuilder.forAddress(host(address), address.getPort(), credentials)
                .eventLoopGroup(loops)
                .channelType(EPOLL ? EpollSocketChannel.class : NioSocketChannel.class)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .directExecutor()
                .offloadExecutor(offload)
                .disableRetry()
                .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                .flowControlWindow(WINDOW_BYTES)
                .keepAliveTime(DIALLER_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .build();
        channels.removeIf(ManagedChannel::isTerminated);
        channels.add(channel);
        return channel;
    }

    private static String host(URI address) {
        String host = address.getHost();
        if (!"grpc".equals(address.getScheme()) || host == null || address.getPort() < 0) {
            throw new IllegalArgumentException("not a replication address, grpc://host:port expected: " + address);
        }
        return host;
    }

    /** Cuts all channels. A server has to be shut down before. */
    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : channels) {
                channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(2 * CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
