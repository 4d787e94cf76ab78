// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to a client. Messages go to the socket only while it is writable; the others wait here, where they
 * can still be overtaken by a PONG or dropped with their session. A stream is asked for its next message when the last
 * one has left this queue, so a slow client holds at most one message of each session here. Flushes are joined: one for
 * all messages of a turn of the event loop.
 */
final class Outbox {
    private final ChannelHandlerContext context;
    private final SyncMetrics metrics;
    private @Nullable Deque<Waiting> waiting;
    private boolean flushing;

    Outbox(ChannelHandlerContext context, SyncMetrics metrics) {
        this.context = context;
        this.metrics = metrics;
    }

    /** Sends a message from a stream. */
    void pass(byte[] message, Session session, SessionStream source) {
        add(new Waiting(message, session, source));
    }

    /** Sends a message of the gateway itself, behind all others. */
    void send(byte[] message) {
        add(new Waiting(message, null, null));
    }

    /** Sends a message before all that wait. */
    void sendFirst(byte[] message) {
        write(message);
    }

    /** Writes what waited, as far as the socket takes it. */
    void drain() {
        while (waiting != null && context.channel().isWritable()) {
            Waiting next = waiting.remove();
            if (waiting.isEmpty()) {
                waiting = null;
            }
            deliver(next);
        }
    }

    /** Drops what waits of a session: it has ended, and the client must hear nothing more of it. */
    void drop(Session session) {
        if (waiting != null) {
            waiting.removeIf(each -> each.session == session);
            waiting = waiting.isEmpty() ? null : waiting;
        }
    }

    /** Drops all that waits. */
    void clear() {
        waiting = null;
    }

    private void add(Waiting message) {
        if (waiting == null && context.channel().isWritable()) {
            deliver(message);
            return;
        }
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.add(message);
    }

    private void deliver(Waiting message) {
        write(message.bytes);
        if (message.source != null) {
            message.source.request();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise reports to the pipeline
    private void write(byte[] message) {
        metrics.sent(message.length);
        context.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)), context.voidPromise());
        if (!flushing) {
            flushing = true;
            context.executor().execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        context.flush();
    }

    /** A message that the socket did not take yet. */
    private static final class Waiting {
        private final byte[] bytes;
        private final @Nullable Session session;
        private final @Nullable SessionStream source;

        Waiting(byte[] bytes, @Nullable Session session, @Nullable SessionStream source) {
            this.bytes = bytes;
            this.session = session;
            this.source = source;
        }
    }
}
