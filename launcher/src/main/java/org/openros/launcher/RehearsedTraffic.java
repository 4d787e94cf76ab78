// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openros.worker.RehearsedClient;

/**
 * Devices that sync one realm through the public address: a few write, all others receive. So often that the JVM notes
 * which methods are worth compiling well, and how they are used.
 */
final class RehearsedTraffic implements AutoCloseable {
    private static final int WRITERS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI address;
    private final int readers;
    private final int changes;

    /**
     * Connects nobody yet.
     *
     * @param address of the sync WebSocket, with an access token
     * @param readers how many devices only receive
     * @param changes that each of the writing devices makes
     */
    RehearsedTraffic(HttpClient http, URI address, int readers, int changes) {
        this.http = http;
        this.address = address;
        this.readers = readers;
        this.changes = changes;
    }

    /**
     * Returns when all changes are acknowledged.
     *
     * @throws IOException if that takes too long, or a connection fails
     */
    void run() throws IOException, InterruptedException {
        connect(readers, 0);
        connect(WRITERS, changes);
    }

    private void connect(int devices, int each) throws IOException, InterruptedException {
        CompletableFuture<?>[] ends = new CompletableFuture<?>[devices];
        Arrays.setAll(ends, device -> connect(each));
        await(CompletableFuture.allOf(ends));
    }

    private CompletableFuture<Void> connect(int each) {
        Device device = new Device(each);
        http.newWebSocketBuilder()
                .subprotocols("com.mongodb.realm-sync#" + RehearsedClient.PROTOCOL)
                .buildAsync(address, device)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        device.end.completeExceptionally(failure);
                    }
                });
        return device.end;
    }

    private static void await(CompletableFuture<?> end) throws IOException, InterruptedException {
        try {
            end.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the rehearsal came to no end", e);
        }
    }

    /** The connections go with their client. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    /**
     * One device: its messages one at a time, because a WebSocket of the JDK takes no second before the first is sent.
     */
    private static final class Device implements WebSocket.Listener {
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        private final RehearsedClient client;
        private CompletableFuture<WebSocket> sent = socket;

        Device(int changes) {
            client = new RehearsedClient(changes, this::send, () -> end.complete(null));
        }

        private void send(byte[] message) {
            sent = sent.thenCompose(open -> open.sendBinary(ByteBuffer.wrap(message), true));
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket.complete(opened);
            client.begin();
            opened.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            parts.writeBytes(part);
            if (last) {
                client.hear(parts.toByteArray());
                parts.reset();
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            end.completeExceptionally(new IOException("closed with " + status + " " + reason));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            end.completeExceptionally(error);
        }
    }
}
