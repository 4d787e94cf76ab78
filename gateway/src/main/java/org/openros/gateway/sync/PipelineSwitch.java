// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslHandler;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.openros.gateway.edge.RequestIds;

/** Answers upgrade requests, and makes the pipeline of a web server's connection that of a sync connection. */
// A write that fails closes the channel, and its handlers notice that.
@SuppressWarnings("FutureReturnValueIgnored")
final class PipelineSwitch {
    /** RFC 6455, section 1.3. */
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** What is not possible now mostly is a few seconds later. */
    private static final String RETRY_SECONDS = "2";

    private final SyncSettings settings;
    private final SessionPeers peers;
    private final SyncConnections connections;
    private final WebSocketDecoderConfig decoding;

    PipelineSwitch(SyncSettings settings, SessionPeers peers, SyncConnections connections) {
        this.settings = settings;
        this.peers = peers;
        this.connections = connections;
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(Math.toIntExact(settings.maxMessage().toBytes()))
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    /** Answers 101 and installs the handler of the connection, which does not read yet. */
    SyncConnection toSync(ChannelHandlerContext ctx, Handshake handshake) {
        ctx.write(response(handshake));
        SyncConnection connection = new SyncConnection(handshake, settings, peers, connections);
        ChannelPipeline pipeline = ctx.pipeline();
        List<ChannelHandler> before = obsolete(pipeline);
        pipeline.addLast(
                new CountingFrameDecoder(decoding, peers.limits()),
                new WebSocket13FrameEncoder(false),
                new WebSocketFrameAggregator(Math.toIntExact(settings.maxMessage().toBytes())),
                connection);
        before.forEach(pipeline::remove);
        ctx.channel().flush();
        return connection;
    }

    /** All handlers of the web server; what is left in the HTTP codec's buffer goes to those behind it. */
    private static List<ChannelHandler> obsolete(ChannelPipeline pipeline) {
        List<ChannelHandler> handlers = new ArrayList<>();
        for (Map.Entry<String, ChannelHandler> each : pipeline) {
            if (!(each.getValue() instanceof SslHandler)) {
                handlers.addFirst(each.getValue());
            }
        }
        return handlers;
    }

    private static FullHttpResponse response(Handshake handshake) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(handshake.key()))
                .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, handshake.subprotocol())
                .set(RequestIds.HEADER, handshake.connectionId())
                .set("X-Appservices-Request-Id", handshake.connectionId());
        return response;
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    /** Answers with a status other than 101 and closes; the text becomes part of the client's error message. */
    void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
        ByteBuf body = ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(reason), StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_SECONDS);
        }
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
