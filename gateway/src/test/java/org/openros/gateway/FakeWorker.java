// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.openros.link.LinkServer;
import org.openros.link.SessionLink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A worker that records what it gets and says what a test tells it to. */
final class FakeWorker implements AutoCloseable, ServerCallHandler<byte[], byte[]> {
    final List<Stream> streams = new CopyOnWriteArrayList<>();

    /** How many messages a new stream asks for at once; the test asks for more. */
    volatile int asked = 1_000_000;

    /** What becomes of new streams. */
    volatile Reception reception = Reception.TAKE;

    /** Whom the worker names as the master when it refuses; by default nobody. */
    volatile Metadata knownMaster = new Metadata();

    /** Streams that were not taken. */
    final List<Stream> declined = new CopyOnWriteArrayList<>();

    private final LinkServer server;

    /** What a worker does with a new stream. */
    enum Reception {
        /** Becomes its session. */
        TAKE,
        /** Says that it is not the master. */
        REFUSE,
        /** Says nothing, as a frozen process does. */
        IGNORE
    }

    FakeWorker(String listen) throws IOException {
        server = LinkServer.start(URI.create(listen), this);
    }

    URI link() {
        return server.link();
    }

    void reset() {
        streams.clear();
        asked = 1_000_000;
        reception = Reception.TAKE;
        knownMaster = new Metadata();
        declined.clear();
    }

    /** Refuses new streams and tells where the master is. */
    void refuseInFavourOf(long epoch, FakeWorker master) {
        Metadata trailers = new Metadata();
        trailers.put(SessionLink.MASTER_EPOCH, Long.toString(epoch));
        trailers.put(SessionLink.MASTER_LINK, master.link().toString());
        knownMaster = trailers;
        reception = Reception.REFUSE;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        Stream stream = new Stream(call, headers);
        switch (reception) {
            case TAKE -> {
                call.sendHeaders(new Metadata());
                call.request(asked);
                streams.add(stream);
            }
            case REFUSE -> {
                declined.add(stream);
                call.close(Status.UNAVAILABLE.withDescription("not the master"), knownMaster);
            }
            case IGNORE -> declined.add(stream);
        }
        return stream;
    }

    /** The stream whose BIND had this session number, the newest if there are several. */
    Stream stream(long session) {
        await().pollInSameThread().until(() -> streams.stream().anyMatch(each -> each.isOf(session)));
        return streams.reversed().stream().filter(each -> each.isOf(session)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        server.close();
    }

    static final class Stream extends ServerCall.Listener<byte[]> {
        final ServerCall<byte[], byte[]> call;
        final Metadata headers;
        final List<String> messages = new CopyOnWriteArrayList<>();
        final List<Integer> announced = new CopyOnWriteArrayList<>();
        volatile boolean cancelled;
        private byte[] block = {};
        private AtomicLong poured = new AtomicLong();

        Stream(ServerCall<byte[], byte[]> call, Metadata headers) {
            this.call = call;
            this.headers = headers;
        }

        boolean isOf(long session) {
            return !messages.isEmpty() && messages.getFirst().startsWith("bind " + session + " ");
        }

        void send(String message) {
            call.sendMessage(message.getBytes(UTF_8));
        }

        /** Sends the block again and again while the stream is ready, as a worker with much to say does. */
        synchronized void pour(byte[] endless, AtomicLong counter) {
            block = endless;
            poured = counter;
            onReady();
        }

        synchronized void stopPouring() {
            block = new byte[0];
        }

        @Override
        public synchronized void onReady() {
            while (block.length > 0 && call.isReady()) {
                call.sendMessage(block);
                poured.addAndGet(block.length);
            }
        }

        void end(Status status) {
            call.close(status, new Metadata());
        }

        void endConnection(int code) {
            Metadata trailers = new Metadata();
            trailers.put(SessionLink.CONNECTION_ERROR, Integer.toString(code));
            call.close(Status.INVALID_ARGUMENT.withDescription("bad message"), trailers);
        }

        void awaitMessage(String message) {
            await().pollInSameThread().untilAsserted(() -> assertThat(messages)
                    .contains(message));
        }

        @Override
        public void onMessage(byte[] message) {
            if (SessionLink.announced(message) >= 0) {
                announced.add(SessionLink.announced(message));
                return;
            }
            messages.add(new String(message, UTF_8));
        }

        @Override
        public void onCancel() {
            cancelled = true;
        }
    }
}
