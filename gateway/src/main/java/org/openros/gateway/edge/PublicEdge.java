// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.ProxyProtocolSupportType;

/** Sets up the web server and each of its connections for the public. Thread-safe. */
public final class PublicEdge {
    private static final String GATE = "openros.gate";

    private final EdgeSettings settings;
    private final ClientAddresses clients;
    private final LimitMetrics metrics;
    private final Admission admission;

    PublicEdge(EdgeSettings settings, ClientAddresses clients, LimitMetrics metrics, Admission admission) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        this.admission = admission;
    }

    /** The server with time-outs, and with the PROXY protocol where a balancer uses it. */
    HttpServer configure(HttpServer server) {
        HttpServer timed = server.requestTimeout(settings.bodyTimeout());
        return clients.isProxyProtocolUsed() ? timed.proxyProtocol(ProxyProtocolSupportType.AUTO) : timed;
    }

    /** Puts the gate before everything else but the PROXY protocol, which is read only where it may be spoken. */
    public ConnectionGate guard(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        boolean reads = pipeline.get(NettyPipeline.ProxyProtocolDecoder) != null;
        boolean toldLater = reads && clients.maySpeakProxyProtocol(channel);
        ConnectionGate gate = new ConnectionGate(admission, metrics, settings, toldLater);
        if (toldLater) {
            pipeline.addAfter(NettyPipeline.ProxyProtocolDecoder, GATE, gate);
        } else {
            if (reads) {
                pipeline.remove(NettyPipeline.ProxyProtocolDecoder);
            }
            pipeline.addFirst(GATE, gate);
        }
        return gate;
    }
}
