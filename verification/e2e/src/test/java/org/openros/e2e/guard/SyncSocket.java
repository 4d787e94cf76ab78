// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

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
final class SyncSocket implements AutoCloseable {
    private static final String SUBPROTOCOL = "com.mongodb.realm-sync#14";
    private static final long PATIENCE_SECONDS = 20;

    private final Inbox inbox = new Inbox();
    private final WebSocket socket;

    SyncSocket(HttpClient http, URI address) throws IOException {
        socket = await(http.newWebSocketBuilder().subprotocols(SUBPROTOCOL).buildAsync(address, inbox));
    }

    /** The connection has ended. */
    static final class EndedException extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        EndedException(int status, String message) {
            super(message);
            this.status = status;
        }

        /** The close code; -1 if there was none. */
        int status() {
            return status;
        }
    }

    void send(ClientMessage message) throws IOException {
        await(socket.sendBinary(ByteBuffer.wrap(message.encode()), true));
    }

    /** Whether the server serves the connection: the first that it says is then a line for the log. */
    boolean isServed() throws IOException {
        return next() instanceof ServerMessage.LogMessage;
    }

    /** The next message that is not for the log. */
    ServerMessage receive() throws IOException {
        while (true) {
            ServerMessage message = next();
            if (!(message instanceof ServerMessage.LogMessage)) {
                return message;
            }
        }
    }

    private ServerMessage next() throws IOException {
        try {
            return switch (inbox.arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                case null -> throw new AssertionError("nothing came for " + PATIENCE_SECONDS + " s");
                case byte[] message -> ServerMessageDecoder.decode(message);
                case EndedException end -> throw end;
                case Object other -> throw new IllegalStateException(other.toString());
            };
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened for " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
            arrived.add(new EndedException(status, reason));
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            arrived.add(new EndedException(-1, error.toString()));
        }
    }
}
