// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.openros.link.LinkChannels;
import org.openros.link.SessionLink;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageDecoder;
import org.openros.protocol.ClientMessageType;
import org.openros.protocol.MessageRoute;
import org.openros.protocol.ServerMessage;

import static java.util.Objects.requireNonNull;

/**
 * Takes the place of a socket to a gateway: it opens a stream to the worker for each session, as the gateway does. What
 * is left out is what a gateway costs: the WebSocket, the second hop, and its own work. Belongs to the event loop.
 */
final class WorkerBridge extends ChannelDuplexHandler {
    private final WorkerLink link;
    private final LinkChannels channels;
    private final RealmRights rights;
    private final String accessToken;
    private final String connectionId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final Map<Long, Stream> streams = new HashMap<>();

    WorkerBridge(WorkerLink link, LinkChannels channels, RealmRights rights, String accessToken) {
        this.link = link;
        this.channels = channels;
        this.rights = rights;
        this.accessToken = accessToken;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        ctx.fireUserEventTriggered(WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object frame, ChannelPromise promise) {
        try {
            if (frame instanceof BinaryWebSocketFrame binary) {
                send(ctx, ByteBufUtil.getBytes(binary.content()));
            }
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void send(ChannelHandlerContext ctx, byte[] message) {
        MessageRoute route = ClientMessageDecoder.route(message);
        if (route.type() == ClientMessageType.PING) {
            ClientMessage.Ping ping = (ClientMessage.Ping) ClientMessageDecoder.decode(message);
            deliver(ctx, new ServerMessage.Pong(ping.timestamp()).encode());
        } else if (route.type() == ClientMessageType.BIND) {
            bind(ctx, (ClientMessage.Bind) ClientMessageDecoder.decode(message), message);
        } else {
            requireNonNull(streams.get(route.session())).send(message);
        }
    }

    private void bind(ChannelHandlerContext ctx, ClientMessage.Bind bind, byte[] message) {
        Stream stream = new Stream(ctx);
        streams.put(bind.session(), stream);
        stream.send(message);
        rights.realmToken(accessToken, bind.path()).whenComplete((token, failure) -> ctx.executor().execute(() -> {
            if (failure != null) {
                ctx.fireExceptionCaught(failure);
            } else {
                stream.open(token);
            }
        }));
    }

    private static void deliver(ChannelHandlerContext ctx, byte[] message) {
        ctx.executor().execute(() -> ctx.fireChannelRead(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message))));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        streams.values().forEach(Stream::cancel);
        ctx.fireChannelInactive();
    }

    private final class Stream extends ClientCall.Listener<byte[]> {
        private final ChannelHandlerContext context;
        private final Deque<byte[]> early = new ArrayDeque<>();
        private @Nullable ClientCall<byte[], byte[]> call;

        Stream(ChannelHandlerContext context) {
            this.context = context;
        }

        void open(String realmToken) {
            Metadata headers = new Metadata();
            headers.put(SessionLink.REALM_TOKEN, realmToken);
            headers.put(SessionLink.PROTOCOL_VERSION, "14");
            headers.put(SessionLink.CONNECTION_ID, connectionId);
            ClientCall<byte[], byte[]> opened = channels.channel(
                            link.worker(), context.channel().eventLoop())
                    .newCall(SessionLink.SESSION, CallOptions.DEFAULT);
            opened.start(this, headers);
            opened.request(1);
            early.forEach(opened::sendMessage);
            early.clear();
            call = opened;
        }

        void send(byte[] message) {
            if (call == null) {
                early.add(message);
            } else {
                call.sendMessage(message);
            }
        }

        void cancel() {
            if (call != null) {
                call.cancel("the client is gone", null);
            }
        }

        @Override
        public void onMessage(byte[] message) {
            context.executor().execute(() -> {
                context.fireChannelRead(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)));
                if (call != null) {
                    call.request(1);
                }
            });
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            // Without its event loop the client is gone, and nobody is left to tell.
            if (status.getCode() != Status.Code.CANCELLED && !context.executor().isShuttingDown()) {
                context.executor().execute(() -> context.fireExceptionCaught(
                        new IOException("the worker ended the session: " + status)));
            }
        }
    }
}
