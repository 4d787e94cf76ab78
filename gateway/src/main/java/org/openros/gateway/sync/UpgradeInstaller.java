// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.openros.gateway.edge.ConnectionGate;
import reactor.netty.NettyPipeline;

/**
 * Puts the handler of upgrades behind the codec of HTTP/1.1, which is not there before TLS has negotiated the protocol.
 */
final class UpgradeInstaller extends ChannelInboundHandlerAdapter {
    private static final String UPGRADE = "openros.upgrade";

    private final UpgradePeers peers;
    private final ConnectionGate gate;

    private UpgradeInstaller(UpgradePeers peers, ConnectionGate gate) {
        this.peers = peers;
        this.gate = gate;
    }

    static void install(ChannelPipeline pipeline, UpgradePeers peers, ConnectionGate gate) {
        if (pipeline.get(NettyPipeline.HttpCodec) != null) {
            pipeline.addAfter(NettyPipeline.HttpCodec, UPGRADE, new UpgradeHandler(peers, gate));
        } else {
            pipeline.addBefore(NettyPipeline.ReactiveBridge, UPGRADE, new UpgradeInstaller(peers, gate));
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            ChannelPipeline pipeline = ctx.pipeline();
            pipeline.remove(this);
            if (pipeline.get(NettyPipeline.HttpCodec) != null) {
                install(pipeline, peers, gate);
            } else {
                gate.toHttp2();
            }
        }
        ctx.fireUserEventTriggered(event);
    }
}
