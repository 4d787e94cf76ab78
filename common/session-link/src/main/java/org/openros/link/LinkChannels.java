// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's end of the link: for each event loop that serves clients one channel to each worker, made on first use
 * and shared by the sessions of that loop, so that what passes between a client and its worker stays on one thread.
 * Callbacks of calls run on that event loop (inside one process: on the thread of the worker that sent), so they must
 * not block. Thread-safe.
 */
public final class LinkChannels implements AutoCloseable {
    /** A silent peer is probed after this time, in seconds. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    /** A probe that stays unanswered for this time, in seconds, ends all streams of the channel with UNAVAILABLE. */
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

    /** A channel without streams keeps its connection for this time, in minutes. */
    private static final int IDLE_MINUTES = 10;

    /** A worker that could not be reached is dialled again at most this often, in milliseconds, when it is wanted. */
    private static final long REDIAL_MILLIS = 200;

    /**
     * What a worker may send on one stream ahead of the client, in bytes. A gateway holds as much for each session
     * whose client does not read, so it is less than in the other direction.
     */
    private static final int WINDOW_BYTES = 256 << 10;

    private final ConcurrentMap<Line, Dialled> channels = new ConcurrentHashMap<>();

    /** The loop is null where the transport has threads of its own, or none. */
    private record Line(LinkAddress address, @Nullable EventLoop loop) {}

    /** A channel, and when it was last told to dial again. */
    private record Dialled(ManagedChannel channel, AtomicLong redialled) {
        /** The transport's own pause after failures grows to minutes, and would outlast the restart of a worker. */
        void redialIfBroken() {
            long last = redialled.get();
            long now = System.nanoTime();
            boolean due = now - last >= TimeUnit.MILLISECONDS.toNanos(REDIAL_MILLIS);
            if (due
                    && channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE
                    && redialled.compareAndSet(last, now)) {
                channel.resetConnectBackoff();
            }
        }
    }

    /**
     * The channel to a worker. One that could not be reached before is dialled again, though not more than a few times
     * in a second.
     *
     * @param link {@code grpc://host:port} or {@code inprocess:name}
     * @param loop of the client's connection; has to run until this is closed
     * @throws IllegalArgumentException if the URI is neither
     */
    public Channel channel(URI link, EventLoop loop) {
        LinkAddress address = LinkAddress.of(link);
        boolean shared = address instanceof LinkAddress.InProcess || socketType(loop) == null;
        Dialled dialled = channels.computeIfAbsent(new Line(address, shared ? null : loop), LinkChannels::open);
        dialled.redialIfBroken();
        return dialled.channel();
    }

    private static Dialled open(Line line) {
        ManagedChannel channel = builder(line)
                .directExecutor()
                .maxInboundMessageSize(SessionLink.MAX_MESSAGE_BYTES)
                .build();
        return new Dialled(channel, new AtomicLong(System.nanoTime()));
    }

    private static ManagedChannelBuilder<?> builder(Line line) {
        return switch (line.address()) {
            case LinkAddress.InProcess local -> InProcessChannelBuilder.forName(local.name());
            case LinkAddress.Network remote -> on(line.loop(), remote)
                    .usePlaintext()
                    .disableRetry()
                    .flowControlWindow(WINDOW_BYTES)
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .idleTimeout(IDLE_MINUTES, TimeUnit.MINUTES);
        };
    }

    private static NettyChannelBuilder on(@Nullable EventLoop loop, LinkAddress.Network remote) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(remote.host(), remote.port());
        Class<? extends SocketChannel> type = loop == null ? null : socketType(loop);
        return type == null ? builder : builder.eventLoopGroup(loop).channelType(type);
    }

    /** The sockets that a loop can serve; null if it serves none that are known here. */
    private static @Nullable Class<? extends SocketChannel> socketType(EventLoop loop) {
        if (!(loop instanceof IoEventLoop sockets)) {
            return null;
        }
        if (sockets.isIoType(EpollIoHandler.class)) {
            return EpollSocketChannel.class;
        }
        return sockets.isIoType(NioIoHandler.class) ? NioSocketChannel.class : null;
    }

    /** Cancels all streams and closes all connections; returns without waiting for the peers. Idempotent. */
    @Override
    public void close() {
        channels.values().forEach(dialled -> dialled.channel().shutdownNow());
    }
}
