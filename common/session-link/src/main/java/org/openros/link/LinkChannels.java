// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's end of the link: one channel for each worker, made on first use and shared by all sessions. Callbacks of
 * calls run on the transport's own threads (inside one process: on the thread of the worker that sent), so they must not
 * block. Thread-safe.
 */
public final class LinkChannels implements AutoCloseable {
    /** A silent peer is probed after this time, in seconds. */
    private static final int KEEP_ALIVE_SECONDS = 10;

    /** A probe that stays unanswered for this time, in seconds, ends all streams of the channel with UNAVAILABLE. */
    private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

    /** A channel without streams keeps its connection for this time, in minutes. */
    private static final int IDLE_MINUTES = 10;

    private final ConcurrentMap<URI, ManagedChannel> channels = new ConcurrentHashMap<>();

    /**
     * The channel to a worker.
     *
     * @param link {@code grpc://host:port} or {@code inprocess:name}
     * @throws IllegalArgumentException if the URI is neither
     */
    public Channel channel(URI link) {
        return channels.computeIfAbsent(link, LinkChannels::open);
    }

    private static ManagedChannel open(URI link) {
        return builder(LinkAddress.of(link))
                .directExecutor()
                .maxInboundMessageSize(SessionLink.MAX_MESSAGE_BYTES)
                .build();
    }

    private static ManagedChannelBuilder<?> builder(LinkAddress address) {
        return switch (address) {
            case LinkAddress.InProcess local -> InProcessChannelBuilder.forName(local.name());
            case LinkAddress.Network remote -> NettyChannelBuilder.forAddress(remote.host(), remote.port())
                    .usePlaintext()
                    .disableRetry()
                    .flowControlWindow(SessionLink.WINDOW_BYTES)
                    .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                    .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .idleTimeout(IDLE_MINUTES, TimeUnit.MINUTES);
        };
    }

    /** Cancels all streams and closes all connections; returns without waiting for the peers. Idempotent. */
    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
