// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import org.openros.gateway.accesslog.AccessEntry;
import org.openros.gateway.accesslog.AccessLog;
import org.openros.gateway.core.ConnectionAuthorization;
import org.openros.gateway.edge.ConnectionGate;
import org.openros.gateway.edge.RequestIds;
import org.openros.protocol.ErrorReply;
import org.openros.protocol.SubprotocolNegotiation;
import org.openros.protocol.SyncError;
import reactor.core.publisher.Mono;

/**
 * Stands between the HTTP codec and the web server of each connection and takes out the requests for sync connections.
 * Everything else passes. Taking them here, and not in a web handler, keeps the objects of an HTTP exchange from living
 * as long as the connection. An upgrade is authorised before it is answered (sync protocol, sections 1.3 to 1.7).
 */
final class UpgradeHandler extends ChannelDuplexHandler {
    /** From this version on, clients expect refusals as close codes after the upgrade. */
    private static final int FIRST_VERSION_WITH_CLOSE_CODES = 8;

    private static final int UNAUTHORIZED = 4001;

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final UpgradePeers peers;
    private final ConnectionGate gate;
    private State state = State.HTTP;
    private int unanswered;
    private String id = "";
    private @Nullable String client;

    private record User(AppId app, String id) {}

    private enum State {
        /** Requests pass. */
        HTTP,
        /** An upgrade is being decided or was refused; nothing passes. */
        TAKEN,
        /** The pipeline is that of a sync connection; everything passes. */
        SWITCHED
    }

    UpgradeHandler(UpgradePeers peers, ConnectionGate gate) {
        this.peers = peers;
        this.gate = gate;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (state == State.HTTP && message instanceof HttpRequest request) {
            arrived(ctx, request);
        }
        if (state == State.TAKEN) {
            ReferenceCountUtil.release(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void arrived(ChannelHandlerContext ctx, HttpRequest request) {
        gate.requestBegun();
        if (gate.isOneTooMany()) {
            state = State.TAKEN;
            name(ctx, request);
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many connections from this address");
        } else if (UpgradeRequest.isMeant(request)) {
            state = State.TAKEN;
            name(ctx, request);
            take(ctx, request);
        } else {
            unanswered++;
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !interim) {
            unanswered--;
            gate.requestEnded();
        }
        ctx.write(message, promise);
    }

    private void name(ChannelHandlerContext ctx, HttpRequest request) {
        id = RequestIds.ofConnection(request.headers().get(RequestIds.HEADER));
        InetAddress peer = peers.clients().of(ctx.channel());
        InetAddress from = peers.clients().of(peer, request.headers().get(FORWARDED_FOR));
        client = from == null ? null : from.getHostAddress();
    }

    private void take(ChannelHandlerContext ctx, HttpRequest request) {
        UpgradeRequest upgrade = UpgradeRequest.read(id, request);
        if (upgrade == null || unanswered > 0) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST, "not a proper WebSocket upgrade request");
        } else if (peers.connections().isDraining()) {
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "the gateway is stopping");
        } else if (!peers.admission().admitsForwarded(ctx.channel(), request.headers().get(FORWARDED_FOR))) {
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many connections from this address");
        } else {
            negotiate(ctx, upgrade);
        }
    }

    private void negotiate(ChannelHandlerContext ctx, UpgradeRequest upgrade) {
        switch (SubprotocolNegotiation.DEFAULT.negotiate(upgrade.offers())) {
            case SubprotocolNegotiation.Refused refused ->
                refuse(ctx, HttpResponseStatus.BAD_REQUEST, refused.body());
            case SubprotocolNegotiation.FlexibleSync flexible ->
                refuseFlexibleSync(ctx, Handshake.of(upgrade, flexible.token(), flexible.version()));
            case SubprotocolNegotiation.Accepted accepted ->
                authorize(ctx, Handshake.of(upgrade, accepted.token(), accepted.version()));
        }
    }

    private void refuseFlexibleSync(ChannelHandlerContext ctx, Handshake handshake) {
        String reason = "this server offers partition-based sync only";
        if (handshake.protocolVersion() <= ErrorReply.LAST_PLAIN_VERSION) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST, reason);
        } else {
            ctx.executor().execute(() -> complete(
                    ctx, handshake, "flexible-sync", each -> each.fail(SyncError.WRONG_SYNC_TYPE, reason)));
        }
    }

    private void authorize(ChannelHandlerContext ctx, Handshake handshake) {
        authorization(handshake)
                .subscribe(outcome -> ctx.executor().execute(() -> decided(ctx, handshake, outcome)));
    }

    private Mono<ConnectionAuthorization> authorization(Handshake handshake) {
        return handshake.accessToken().isEmpty()
                ? Mono.just(new ConnectionAuthorization.Unauthorized("no access token"))
                : peers.authorizer().connection(handshake.app(), handshake.accessToken(), id);
    }

    private void decided(ChannelHandlerContext ctx, Handshake handshake, ConnectionAuthorization outcome) {
        if (!ctx.channel().isActive()) {
            return;
        }
        switch (outcome) {
            case ConnectionAuthorization.Granted granted -> admit(ctx, handshake, granted.userId());
            case ConnectionAuthorization.Unauthorized bad -> unauthorized(ctx, handshake, bad.reason());
            case ConnectionAuthorization.UnknownApp unknown ->
                refuse(ctx, HttpResponseStatus.NOT_FOUND,
                        "cannot find app using Client App ID '" + handshake.app() + "'");
            case ConnectionAuthorization.Undecided undecided ->
                refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, undecided.reason());
        }
    }

    private void admit(ChannelHandlerContext ctx, Handshake handshake, String userId) {
        if (peers.admission().admitsUser(ctx.channel(), new User(handshake.app(), userId))) {
            complete(ctx, handshake, "accepted", SyncConnection::begin);
            logOpened(ctx.channel(), handshake, userId);
        } else {
            refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many connections of this user");
        }
    }

    private void unauthorized(ChannelHandlerContext ctx, Handshake handshake, String reason) {
        if (handshake.protocolVersion() < FIRST_VERSION_WITH_CLOSE_CODES) {
            refuse(ctx, HttpResponseStatus.UNAUTHORIZED, reason);
        } else {
            logRefused(HttpResponseStatus.SWITCHING_PROTOCOLS, reason);
            complete(ctx, handshake, "unauthorized", connection -> connection.closeWebSocket(UNAUTHORIZED));
        }
    }

    private void complete(
            ChannelHandlerContext ctx, Handshake handshake, String outcome, Consumer<SyncConnection> first) {
        peers.metrics().upgraded(outcome);
        state = State.SWITCHED;
        first.accept(peers.pipelineSwitch().toSync(ctx, handshake));
    }

    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String reason) {
        peers.metrics().upgraded(Integer.toString(status.code()));
        logRefused(status, reason);
        peers.pipelineSwitch().refuse(ctx, status, reason);
    }

    private void logOpened(Channel channel, Handshake handshake, String userId) {
        if (peers.accessLog().isOn()) {
            AccessLog log = peers.accessLog();
            String name = id;
            long begin = System.nanoTime();
            log.write(AccessEntry.opened(
                    name, client, handshake.app().value(), userId, handshake.protocolVersion()));
            channel.closeFuture().addListener(closed ->
                    log.write(AccessEntry.closed(name, Duration.ofNanos(System.nanoTime() - begin))));
        }
    }

    private void logRefused(HttpResponseStatus status, String reason) {
        if (peers.accessLog().isOn()) {
            peers.accessLog().write(AccessEntry.refused(id, client, status.code(), reason));
        }
    }
}
