// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.link.SessionLink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Neither a client that does not read nor a worker that does not keep up fills the gateway's memory. */
class FlowControlTest {
    private static final int BLOCK = 64 << 10;

    /** What the kernel holds of one connection at most, on both sides, in the environments that are known. */
    private static final long KERNEL = 16L << 20;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private Surroundings start(String transport) throws IOException {
        String listen = transport.equals("grpc") ? "grpc://127.0.0.1:0" : "inprocess:" + UUID.randomUUID();
        Surroundings around = new Surroundings(listen, Map.of());
        open.add(around);
        return around;
    }

    @ParameterizedTest
    @ValueSource(strings = {"inprocess", "grpc"})
    void aClientThatDoesNotReadStopsItsWorkersAndGetsEverythingLater(String transport) throws Exception {
        Surroundings around = start(transport);
        int sessions = 3;
        try (RawClient client = new RawClient(around.port(), 16 << 10)) {
            client.open(RawClient.ALL_VERSIONS);
            AtomicLong sent = new AtomicLong();
            byte[] block = new byte[BLOCK];
            block[0] = 'd';
            for (int session = 1; session <= sessions; session++) {
                client.send("bind " + session + " 5 0 1 0\n\"foo\"");
                around.worker.stream(session).pour(block, sent);
            }
            long held = awaitStandstill(sent);
            assertThat(held).isBetween(1L, KERNEL);
            around.worker.streams.forEach(FakeWorker.Stream::stopPouring);
            for (long read = 0; read < sent.get(); read += BLOCK) {
                assertThat(client.read().payload()).hasSize(BLOCK);
            }
        }
    }

    private static long awaitStandstill(AtomicLong counter) {
        await().atMost(Duration.ofSeconds(20))
                .during(Duration.ofMillis(700))
                .until(new Callable<Boolean>() {
                    private long last = -1;

                    @Override
                    public Boolean call() {
                        boolean still = counter.get() == last;
                        last = counter.get();
                        return still && last > 0;
                    }
                });
        return counter.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inprocess", "grpc"})
    void aLargeMessageIsAnnouncedToTheWorker(String transport) throws Exception {
        Surroundings around = start(transport);
        try (RawClient client = new RawClient(around.port(), 16 << 10)) {
            client.open(RawClient.ALL_VERSIONS);
            client.send("bind 1 5 0 0 0\n\"foo\"");
            String upload = "upload 1 0 " + SessionLink.ANNOUNCED_BYTES + " 0 1 1 1\n"
                    + "x".repeat(SessionLink.ANNOUNCED_BYTES);
            client.send(upload);
            FakeWorker.Stream stream = around.worker.stream(1);
            await().atMost(Duration.ofSeconds(20)).until(() -> stream.messages.contains(upload));
            assertThat(stream.announced).containsExactly(upload.length());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inprocess", "grpc"})
    void aWorkerThatDoesNotKeepUpStopsItsClientAndGetsEverythingLater(String transport) throws Exception {
        Surroundings around = start(transport);
        around.worker.asked = 1;
        try (RawClient client = new RawClient(around.port(), 16 << 10)) {
            client.open(RawClient.ALL_VERSIONS);
            client.send("bind 1 5 0 0 0\n\"foo\"");
            FakeWorker.Stream stream = around.worker.stream(1);
            AtomicLong sent = new AtomicLong();
            byte[] message = ("upload 1 0 9 0 1 1 1\n" + "x".repeat(BLOCK)).getBytes(UTF_8);
            byte[] upload = RawClient.frame(RawClient.BINARY, true, true, message);
            AtomicBoolean enough = new AtomicBoolean();
            Thread uploader = Thread.startVirtualThread(() -> upload(client, upload, sent, enough));
            long held = awaitStandstill(sent);
            assertThat(held).isBetween(1L, KERNEL);
            assertThat(stream.messages).hasSize(1);

            stream.call.request(1_000_000);
            await().atMost(Duration.ofSeconds(20)).until(() -> sent.get() > held + KERNEL / 16);
            // Not by interruption, which would close the socket with what is still on its way.
            enough.set(true);
            uploader.join();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> stream.messages.size() == 1 + sent.get() / upload.length);
        }
    }

    private static void upload(RawClient client, byte[] frame, AtomicLong sent, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                client.sendRaw(frame);
                sent.addAndGet(frame.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBusyWorkerDoesNotKeepPingsWaitingUntilTheReadAheadIsUsedUp() throws IOException {
        Surroundings around = start("inprocess");
        around.worker.asked = 1;
        try (RawClient client = RawClient.connected(around.port())) {
            client.send("bind 1 5 0 0 0\n\"foo\"");
            around.worker.stream(1);
            client.send(("upload 1 0 9 0 1 1 1\n" + "x".repeat(BLOCK)).getBytes(UTF_8));
            client.send("ping 42 0\n");
            assertThat(client.message()).isEqualTo("pong 42\n");
        }
    }

    @Test
    void aPongOvertakesTheDownloadsThatWait() throws Exception {
        Surroundings around = start("inprocess");
        try (RawClient client = new RawClient(around.port(), 16 << 10)) {
            client.open(RawClient.ALL_VERSIONS);
            int sessions = 200;
            for (int session = 1; session <= sessions; session++) {
                client.send("bind " + session + " 5 0 1 0\n\"foo\"");
            }
            byte[] block = new byte[128 << 10];
            block[0] = 'd';
            for (int session = 1; session <= sessions; session++) {
                around.worker.stream(session).call.sendMessage(block);
            }
            client.send("ping 42 0\n");
            int before = 0;
            for (RawClient.Frame frame = client.read(); frame.payload().length > 100; frame = client.read()) {
                before++;
            }
            assertThat(before).isLessThan(sessions - 20);
        }
    }

    @Test
    void pingsWithoutReadingThePongsEndTheConnection() throws Exception {
        Surroundings around = start("inprocess");
        Counter violations = Counter.builder("ros.sync.errors")
                .tag("error", "BAD_MESSAGE_ORDER")
                .register(around.gateway.getBean(MeterRegistry.class));
        byte[] ping = RawClient.frame(RawClient.BINARY, true, true, "ping 1 0\n".getBytes(UTF_8));
        try (RawClient client = new RawClient(around.port(), 4 << 10)) {
            client.open(RawClient.ALL_VERSIONS);
            await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
                for (int i = 0; i < 1_000; i++) {
                    client.sendRaw(ping);
                }
                return violations.count() == 1;
            });
        }
    }
}
