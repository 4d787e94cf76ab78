// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/**
 * The worker's end of the link. Calls are handled on the transport's own threads (inside one process: on the gateway's
 * event loop that sent the message), so the handler must not block. Thread-safe.
 */
public final class LinkServer implements AutoCloseable {
    /** The shortest time between two keep-alive probes that is tolerated, in seconds. */
    private static final int PERMITTED_KEEP_ALIVE_SECONDS = 5;

    /** The largest headers of a stream in bytes: the realm token names a path of up to 4 KiB. */
    private static final int MAX_HEADER_BYTES = 32 << 10;

    /** How long {@link #close} waits for streams to end before it cuts them, in seconds. */
    private static final int GRACE_SECONDS = 2;

    private final Server server;
    private final URI link;

    private LinkServer(Server server, URI link) {
        this.server = server;
        this.link = link;
    }

    /**
     * Listens for session streams.
     *
     * @param listen {@code grpc://host:port}, where port 0 takes a free one, or {@code inprocess:name}
     * @param handler gets each new stream of {@link SessionLink#SESSION}
     * @throws IllegalArgumentException if the URI is neither
     * @throws IOException if the address cannot be bound or the name is taken
     */
    public static LinkServer start(URI listen, ServerCallHandler<byte[], byte[]> handler) throws IOException {
        LinkAddress address = LinkAddress.of(listen);
        Server server = builder(address)
                .directExecutor()
                .maxInboundMessageSize(SessionLink.MAX_MESSAGE_BYTES)
                .maxInboundMetadataSize(MAX_HEADER_BYTES)
                .addService(ServerServiceDefinition.builder(SessionLink.SERVICE)
                        .addMethod(SessionLink.SESSION, handler)
                        .build())
                .build()
                .start();
        return new LinkServer(server, bound(address, listen, server));
    }

    private static ServerBuilder<?> builder(LinkAddress address) {
        return switch (address) {
            case LinkAddress.InProcess local -> InProcessServerBuilder.forName(local.name());
            case LinkAddress.Network local ->
                NettyServerBuilder.forAddress(new InetSocketAddress(local.host(), local.port()))
                        .flowControlWindow(SessionLink.WINDOW_BYTES)
                        .permitKeepAliveTime(PERMITTED_KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
                        .permitKeepAliveWithoutCalls(true);
        };
    }

    private static URI bound(LinkAddress address, URI listen, Server server) {
        return switch (address) {
            case LinkAddress.InProcess local -> listen;
            case LinkAddress.Network local -> URI.create("grpc://" + listen.getHost() + ":" + server.getPort());
        };
    }

    /** The address under which gateways reach this server, with the port that was bound. */
    public URI link() {
        return link;
    }

    /**
     * Refuses new streams, gives the present ones a moment to end, then cuts them. The handler should have ended them
     * with UNAVAILABLE before. Idempotent.
     */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (!server.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
