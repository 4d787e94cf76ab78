// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;

/** One sync connection, used by one thread that waits for messages. */
public final class Wire implements AutoCloseable {
    private static final String SUBPROTOCOL = "com.mongodb.realm-sync#14";

    private final Inbox inbox = new Inbox();
    private final WebSocket socket;

    /**
     * Connects and upgrades.
     *
     * @throws IOException if that fails; {@link java.net.http.WebSocketHandshakeException} if it is refused
     */
    public Wire(HttpClient http, URI address) throws IOException, InterruptedException {
        socket = await(http.newWebSocketBuilder()
                .subprotocols(SUBPROTOCOL)
                .connectTimeout(Gateways.TIMEOUT)
                .buildAsync(address, inbox));
    }

    /** The server has ended the connection, or it was lost. */
    public static final class EndedException extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        private EndedException(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The close code; -1 if there was none. */
        public int status() {
            return status;
        }
    }

    /**
     * Sends a message.
     *
     * @throws IOException if the connection has ended, or takes nothing for long
     */
    public void send(ClientMessage message) throws IOException, InterruptedException {
        await(socket.sendBinary(ByteBuffer.wrap(message.encode()), true));
    }

    /**
     * The next message.
     *
     * @return null if none comes in time
     * @throws EndedException if the connection has ended
     */
    public @Nullable ServerMessage receive(long nanos) throws IOException, InterruptedException {
        Object next = inbox.arrived.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        return switch (next) {
            case null -> null;
            case byte[] message -> ServerMessageDecoder.decode(message);
            case EndedException end -> throw end;
            default -> throw new IllegalStateException(next.toString());
        };
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(Gateways.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("nothing within " + Gateways.TIMEOUT, e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }

    /** What has arrived: messages as bytes, and the end. */
    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            parts.writeBytes(part);
            if (last) {
                arrived.add(parts.toByteArray());
                parts.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            arrived.add(new EndedException(status, "closed with " + status + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            arrived.add(new EndedException(-1, error.toString()));
        }
    }
}
