// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import org.openros.gateway.edge.Limit;

/**
 * A decoder of frames that counts what waits for the rest of a large message, and gives the connection up if the
 * gateway holds too much. The client connects again and sends the message once more.
 */
// A close that fails has nothing left to close.
@SuppressWarnings("FutureReturnValueIgnored")
final class CountingFrameDecoder extends WebSocket13FrameDecoder {
    /** Bytes are counted in steps of this size, so that small messages cost nothing. */
    private static final int STEP = 1 << 16;

    private final FlowLimits limits;
    private long fragments;
    private long counted;

    CountingFrameDecoder(WebSocketDecoderConfig config, FlowLimits limits) {
        super(config);
        this.limits = limits;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        int before = out.size();
        super.decode(ctx, in, out);
        if (out.size() > before && out.getLast() instanceof WebSocketFrame frame) {
            decoded(frame);
        }
        count(fragments + in.readableBytes());
        if (counted > 0 && limits.buffered().isExceeded() && ctx.channel().isActive()) {
            limits.reached(Limit.BUFFERED);
            ctx.close();
        }
    }

    /** The parts of a message are kept behind this handler until the last one. */
    private void decoded(WebSocketFrame frame) {
        if (!frame.isFinalFragment()) {
            fragments += frame.content().readableBytes();
        } else if (frame instanceof ContinuationWebSocketFrame) {
            fragments = 0;
        }
    }

    private void count(long held) {
        long steps = held - held % STEP;
        limits.buffered().change(steps - counted);
        counted = steps;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        count(0);
        super.handlerRemoved0(ctx);
    }
}
