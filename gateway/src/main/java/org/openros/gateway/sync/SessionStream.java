// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openros.domain.Epoch;
import org.openros.link.SessionLink;

/**
 * The stream of one session to its worker. Reports come from the transport's threads and are handed to the event loop
 * of the client's connection, in their order; all methods are for that event loop.
 */
final class SessionStream extends ClientCall.Listener<byte[]> {
    /** Gets the reports of a stream on the event loop. */
    interface Receiver {
        /** The worker has taken the session; before that nothing should be sent. */
        void taken(SessionStream stream);

        /**
         * The worker sent a message. Once those that were not {@linkplain SessionStream#consumed consumed} have more
         * than a few kilobytes, no more come.
         */
        void received(SessionStream stream, byte[] message);

        /** The worker takes messages again after the stream was not ready. */
        void ready(SessionStream stream);

        /** The stream is over. */
        void closed(SessionStream stream, Status status, Metadata trailers);
    }

    /**
     * As long as no more bytes wait for the receiver, the next message is asked for at once, on the transport's own
     * thread: asking from another one wakes it for every single message.
     */
    private static final int READ_AHEAD_BYTES = 4 << 10;

    /** What a message counts besides its bytes. */
    private static final int MESSAGE_BYTES = 256;

    private final ClientCall<byte[], byte[]> call;
    private final EventLoop loop;
    private final Receiver receiver;

    /**
     * What was received and not consumed. Who takes it over the bound leaves it to who brings it back to ask for more.
     */
    private final AtomicInteger waiting = new AtomicInteger();

    SessionStream(Channel channel, EventLoop loop, Receiver receiver) {
        this.call = channel.newCall(SessionLink.SESSION, CallOptions.DEFAULT);
        this.loop = loop;
        this.receiver = receiver;
    }

    /**
     * Starts the stream and asks for the first message.
     *
     * @param epoch of the master that the worker is believed to be
     */
    void open(String realmToken, int protocolVersion, String connectionId, Epoch epoch) {
        Metadata headers = new Metadata();
        headers.put(SessionLink.REALM_TOKEN, realmToken);
        headers.put(SessionLink.PROTOCOL_VERSION, Integer.toString(protocolVersion));
        headers.put(SessionLink.CONNECTION_ID, connectionId);
        headers.put(SessionLink.MASTER_EPOCH, epoch.toString());
        call.start(this, headers);
        call.request(1);
    }

    /** A message that was received takes no more room. */
    void consumed(byte[] message) {
        int size = size(message);
        int left = waiting.addAndGet(-size);
        if (left <= READ_AHEAD_BYTES && left + size > READ_AHEAD_BYTES) {
            call.request(1);
        }
    }

    private static int size(byte[] message) {
        return MESSAGE_BYTES + message.length;
    }

    /**
     * Passes a message of the client.
     *
     * @return false if the worker has enough for now; {@link Receiver#ready} follows
     */
    boolean send(byte[] message) {
        if (message.length >= SessionLink.ANNOUNCED_BYTES) {
            call.sendMessage(SessionLink.announcement(message.length));
        }
        call.sendMessage(message);
        return call.isReady();
    }

    /** Ends the stream at once; nothing is reported any more that matters. */
    void cancel(String reason) {
        call.cancel(reason, null);
    }

    @Override
    public void onHeaders(Metadata headers) {
        hand(() -> receiver.taken(this));
    }

    @Override
    public void onMessage(byte[] message) {
        if (waiting.addAndGet(size(message)) <= READ_AHEAD_BYTES) {
            call.request(1);
        }
        hand(() -> receiver.received(this, message));
    }

    @Override
    public void onReady() {
        hand(() -> receiver.ready(this));
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        hand(() -> receiver.closed(this, status, trailers));
    }

    /** Always a task, also on the event loop itself: a direct call would overtake earlier reports. */
    private void hand(Runnable report) {
        try {
            loop.execute(report);
        } catch (RejectedExecutionException e) {
            call.cancel("the gateway is stopping", e);
        }
    }
}
