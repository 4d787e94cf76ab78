// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The link over both transports. */
class LinkTest {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final RecordingServer worker = new RecordingServer();
    private final LinkChannels channels = new LinkChannels();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoop loop = loops.next();

    static Stream<URI> transports() {
        return Stream.of(URI.create("grpc://127.0.0.1:0"), URI.create("inprocess:" + UUID.randomUUID()));
    }

    @AfterEach
    void close() throws Exception {
        channels.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void messagesKeepTheirOrderWithinEachOfManyStreams(URI listen) throws IOException {
        URI link = start(listen);
        List<RecordingClient> clients = IntStream.range(0, 20).mapToObj(i -> connect(link)).toList();
        for (int message = 0; message < 100; message++) {
            for (RecordingClient client : clients) {
                client.call.sendMessage(Integer.toString(message).getBytes(UTF_8));
            }
        }

        List<String> expected = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        until(() -> worker.streams.size() == 20);
        for (RecordingServer.Stream stream : worker.streams) {
            until(() -> stream.messages.size() == 100);
            assertThat(stream.messages).extracting(bytes -> new String(bytes, UTF_8)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aWorkerThatSendsOnlyWhileReadyIsStoppedByAGatewayThatDoesNotAsk(URI listen) throws IOException {
        RecordingClient client = connect(start(listen));
        RecordingServer.Stream stream = stream();
        client.call.request(1);

        byte[] message = new byte[64 << 10];
        until(() -> stream.call.isReady());
        int sent = 0;
        while (stream.call.isReady() && sent < 1000) {
            stream.call.sendMessage(message);
            sent++;
        }

        assertThat(sent).isLessThan(1000);
        until(() -> client.messages.size() == 1);
        assertThat(client.messages).hasSize(1);
        int total = sent;
        client.call.request(total + 1);
        until(() -> client.messages.size() == total && stream.call.isReady());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aGatewayThatSendsMoreThanTheWorkerAsksForIsNotReady(URI listen) throws IOException {
        RecordingClient client = connect(start(listen, false));
        byte[] message = new byte[64 << 10];
        int sent = 0;
        while (sent < 1000 && (sent == 0 || client.call.isReady())) {
            client.call.sendMessage(message);
            sent++;
        }
        assertThat(sent).isLessThan(1000);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void headersAndTrailersAndStatusPass(URI listen) throws IOException {
        Metadata headers = new Metadata();
        String token = "t".repeat(10_000);
        headers.put(SessionLink.REALM_TOKEN, token);
        headers.put(SessionLink.PROTOCOL_VERSION, "14");
        headers.put(SessionLink.CONNECTION_ID, "c1");
        RecordingClient client = new RecordingClient(channels.channel(start(listen), loop), headers);
        RecordingServer.Stream stream = stream();
        Metadata trailers = new Metadata();
        trailers.put(SessionLink.CONNECTION_ERROR, "103");
        stream.call.close(Status.INVALID_ARGUMENT.withDescription("bad syntax"), trailers);

        assertThat(stream.headers.get(SessionLink.REALM_TOKEN)).isEqualTo(token);
        assertThat(stream.headers.get(SessionLink.PROTOCOL_VERSION)).isEqualTo("14");
        assertThat(stream.headers.get(SessionLink.CONNECTION_ID)).isEqualTo("c1");
        until(() -> client.status != null);
        assertThat(requireNonNull(client.status).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(requireNonNull(client.trailers).get(SessionLink.CONNECTION_ERROR)).isEqualTo("103");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void messagesSentBeforeTheEndArriveBeforeTheEnd(URI listen) throws IOException {
        RecordingClient client = connect(start(listen));
        client.call.request(10);
        RecordingServer.Stream stream = stream();
        stream.call.sendMessage("unbound 1\n".getBytes(UTF_8));
        stream.call.close(Status.OK, new Metadata());

        until(() -> client.status != null);
        assertThat(client.messages).hasSize(1);
        assertThat(requireNonNull(client.status).isOk()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aCancelledStreamIsReportedToTheWorker(URI listen) throws IOException {
        RecordingClient client = connect(start(listen));
        RecordingServer.Stream stream = stream();
        client.call.cancel("the client's connection is gone", null);
        until(() -> stream.cancelled);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aMessageOfManyMegabytesPasses(URI listen) throws IOException {
        RecordingClient client = connect(start(listen));
        byte[] message = new byte[20 << 20];
        message[message.length - 1] = 42;
        client.call.sendMessage(message);
        RecordingServer.Stream stream = stream();
        until(() -> !stream.messages.isEmpty());
        assertThat(stream.messages.getFirst()).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aStoppedWorkerLeavesUnavailableBehind(URI listen) throws Exception {
        LinkServer server = LinkServer.start(listen, worker);
        URI link = server.link();
        server.close();
        RecordingClient client = connect(link);
        until(() -> client.status != null);
        assertThat(requireNonNull(client.status).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aStreamOverTheNetworkIsReportedOnTheEventLoopOfItsClient() throws IOException {
        URI link = start(URI.create("grpc://127.0.0.1:0"));
        EventLoop other = loops.next();
        RecordingClient client = connect(link);
        RecordingClient neighbour = new RecordingClient(channels.channel(link, other), new Metadata());
        until(() -> worker.streams.size() == 2);
        worker.streams.forEach(stream -> stream.call.close(Status.OK, new Metadata()));

        until(() -> client.status != null && neighbour.status != null);
        assertThat(loop.inEventLoop(requireNonNull(client.closedBy))).isTrue();
        assertThat(other.inEventLoop(requireNonNull(neighbour.closedBy))).isTrue();
    }

    @Test
    void aLoopWithoutSocketsIsServedByTheTransportsOwn() throws Exception {
        DefaultEventLoop without = new DefaultEventLoop();
        try {
            URI link = start(URI.create("grpc://127.0.0.1:0"));
            RecordingClient client = new RecordingClient(channels.channel(link, without), new Metadata());
            stream().call.close(Status.OK, new Metadata());
            until(() -> client.status != null);
            assertThat(requireNonNull(client.status).isOk()).isTrue();
        } finally {
            without.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void insideOneProcessTheArrayItselfIsHandedOver() throws IOException {
        RecordingClient client = connect(start(URI.create("inprocess:" + UUID.randomUUID())));
        byte[] message = {1, 2, 3};
        client.call.sendMessage(message);
        assertThat(stream().messages.getFirst()).isSameAs(message);
    }

    @Test
    void anythingButTheTwoFormsOfAddressIsRefused() {
        for (String address : List.of("http://127.0.0.1:1", "grpc://127.0.0.1", "inprocess:/x", "grpc:x")) {
            assertThatThrownBy(() -> channels.channel(URI.create(address), loop))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(address);
        }
    }

    private URI start(URI listen) throws IOException {
        return start(listen, true);
    }

    private URI start(URI listen, boolean asking) throws IOException {
        LinkServer server = asking
                ? LinkServer.start(listen, worker)
                : LinkServer.start(listen, (call, headers) -> new RecordingServer.Stream(call, headers));
        open.add(server);
        return server.link();
    }

    private RecordingClient connect(URI link) {
        return new RecordingClient(channels.channel(link, loop), new Metadata());
    }

    private RecordingServer.Stream stream() {
        until(() -> !worker.streams.isEmpty());
        return worker.streams.getFirst();
    }

    private static void until(Callable<Boolean> condition) {
        await().pollInSameThread().until(condition);
    }
}
