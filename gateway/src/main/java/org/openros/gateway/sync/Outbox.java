// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.openros.gateway.edge.Limit;

/**
 * What is on its way to a client. Messages go to the socket only while it is writable; the others wait here, where they
 * can still be overtaken by a PONG or dropped with their session. A stream brings no more when a few kilobytes of it
 * wait, so a slow client holds at most so much and one message of each session here. Flushes are joined: one for
 * all messages of a turn of the event loop. All sessions together have only so many bytes here.
 */
final class Outbox {
    /** So that no sum of two overflows. */
    private static final long MOST_UNSENT = 1 << 30;

    private final ChannelHandlerContext context;
    private final SessionPeers peers;
    private @Nullable Deque<Waiting> waiting;
    private boolean flushing;

    /** Bytes in the queue. */
    private int queued;

    /** Bytes of this connection that the gateway counts as waiting. */
    private int counted;

    Outbox(ChannelHandlerContext context, SessionPeers peers) {
        this.context = context;
        this.peers = peers;
    }

    /**
     * Sends a message from a stream.
     *
     * @return false if too much waits, here or in the whole gateway; then it is not sent
     */
    boolean pass(byte[] message, Session session, SessionStream source) {
        if (isBehind() && isTooMuch(message.length)) {
            return false;
        }
        add(new Waiting(message, session, source));
        return true;
    }

    private boolean isBehind() {
        return waiting != null || !context.channel().isWritable();
    }

    private boolean isTooMuch(int length) {
        if (queued > 0 && !peers.limits().allowsOutgoing((long) queued + length)) {
            peers.limits().reached(Limit.OUTGOING);
            return true;
        }
        if (peers.limits().buffered().isExceeded()) {
            peers.limits().reached(Limit.BUFFERED);
            return true;
        }
        return false;
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
            queued -= next.bytes.length;
            if (waiting.isEmpty()) {
                waiting = null;
            }
            deliver(next);
        }
        account();
    }

    /** Drops what waits of a session: it has ended, and the client must hear nothing more of it. */
    void drop(Session session) {
        if (waiting != null) {
            waiting.removeIf(each -> each.session == session);
            queued = waiting.stream().mapToInt(each -> each.bytes.length).sum();
            waiting = waiting.isEmpty() ? null : waiting;
            account();
        }
    }

    /** Drops all that waits. */
    void clear() {
        waiting = null;
        queued = 0;
        account();
    }

    /** The connection is gone, and so is what its socket has not taken. */
    void release() {
        clear();
        peers.limits().buffered().change(-counted);
        counted = 0;
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
        queued += message.bytes.length;
        account();
    }

    private void deliver(Waiting message) {
        write(message.bytes);
        if (message.source != null) {
            message.source.consumed(message.bytes);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise reports to the pipeline
    private void write(byte[] message) {
        peers.metrics().sent(message.length);
        context.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message)), context.voidPromise());
        if (!flushing) {
            flushing = true;
            context.executor().execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        context.flush();
        account();
    }

    /** What a socket takes at once does not wait, and is not counted. */
    private void account() {
        int present = context.channel().isWritable() ? queued : queued + unsent();
        if (present != counted) {
            peers.limits().buffered().change((long) present - counted);
            counted = present;
        }
    }

    private int unsent() {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : (int) Math.min(buffer.totalPendingWriteBytes(), MOST_UNSENT);
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
