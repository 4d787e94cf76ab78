// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * The first handler of each connection, before TLS. It counts the connection for its client, and closes it if the head
 * of a request takes too long: the time begins with the connection, later with the first byte of a request, and no
 * single byte prolongs it. It leaves when a sync connection begins. Belongs to the event loop.
 */
// A close that fails has nothing left to close.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ConnectionGate extends ChannelInboundHandlerAdapter {
    private final Admission admission;
    private final LimitMetrics metrics;
    private final long requestMillis;

    /** The client's address is known only when the balancer has told it. */
    private final boolean toldLater;

    private Admission.@Nullable Outcome outcome;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> deadline;
    private int underWay;

    ConnectionGate(Admission admission, LimitMetrics metrics, EdgeSettings settings, boolean toldLater) {
        this.admission = admission;
        this.metrics = metrics;
        this.requestMillis = settings.requestTimeout().toMillis();
        this.toldLater = toldLater;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        expectRequest();
        if (!toldLater) {
            count(ctx);
        }
        ctx.fireChannelActive();
    }

    private void count(ChannelHandlerContext ctx) {
        outcome = admission.connected(ctx.channel());
        if (outcome == Admission.Outcome.TURNED_AWAY) {
            ctx.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (outcome == null) {
            count(ctx);
        }
        if (underWay == 0 && deadline == null) {
            expectRequest();
        }
        ctx.fireChannelRead(message);
    }

    private void expectRequest() {
        ChannelHandlerContext ctx = requireNonNull(context);
        deadline = ctx.executor().schedule(() -> {
            metrics.reached(Limit.REQUEST_TIMEOUT);
            ctx.close();
        }, requestMillis, TimeUnit.MILLISECONDS);
    }

    /** The head of a request has arrived. */
    public void requestBegun() {
        underWay++;
        stopWaiting();
    }

    /** A request has been answered. */
    public void requestEnded() {
        underWay--;
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Whether there are too many connections of this client, so that requests have to be refused. */
    public boolean isOneTooMany() {
        return outcome != null && outcome != Admission.Outcome.ADMITTED;
    }

    /** The connection goes on with HTTP/2, whose library watches over its times. */
    public void toHttp2() {
        requestBegun();
        if (isOneTooMany()) {
            requireNonNull(context).close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopWaiting();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopWaiting();
    }
}
