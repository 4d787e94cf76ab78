// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** However long clients and workers are stuck, memory does not grow; when they are gone, nothing of them is left. */
class StuckPeersTest {
    private static final int CLIENTS = 10;
    private static final int SESSIONS = 10;
    private static final int BLOCK = 64 << 10;

    /** What the link takes ahead of the client, for each session. */
    private static final long WINDOW = 256 << 10;

    /**
     * For each session the window and two messages, at both ends of the link, which are in this process; for each
     * connection of the two kinds a megabyte in buffers of sockets and of the allocator; and what is loaded on first
     * use.
     */
    private static final long BOUND =
            2 * CLIENTS * SESSIONS * (WINDOW + 2 * BLOCK) + 2 * CLIENTS * (1L << 20) + (16L << 20);

    /**
     * After so many rounds the pools of the allocator, one for each thread that took part, are as large as they get.
     */
    private static final int SETTLING = 2;

    /** More rounds, which need nothing that the ones before did not leave to them. */
    private static final int SETTLED = 3;

    /** What the measurement itself moves; less than a message for each session of each round. */
    private static final long NOISE = 12L << 20;

    private final Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();
    private final List<RawClient> clients = new ArrayList<>();
    private final AtomicLong moved = new AtomicLong();

    @BeforeEach
    void listen() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        detector.addAppender(reports);
        detector.setAdditive(false);
    }

    @AfterEach
    void stop() throws IOException {
        detector.detachAppender(reports);
        detector.setAdditive(true);
        for (RawClient client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inprocess:stuck", "grpc://127.0.0.1:0"})
    void memoryIsBoundedAndFreed(String link) throws IOException {
        try (Surroundings around = new Surroundings(link, Map.of())) {
            RawClient.connected(around.port()).close();
            Memory before = Memory.now();
            Memory settled = before;
            for (int round = 0; round < SETTLING; round++) {
                settled = memoryWhileStuck(around);
                assertThat(settled.since(before)).as("bytes for %d stuck clients and workers", CLIENTS)
                        .isLessThan(BOUND);
            }
            Memory last = settled;
            for (int round = 0; round < SETTLED; round++) {
                last = memoryWhileStuck(around);
            }
            assertThat(last.since(settled)).as("bytes that %d rounds left behind", SETTLED).isLessThan(NOISE);
        }
        assertNothingLeaks();
    }

    private Memory memoryWhileStuck(Surroundings around) throws IOException {
        stickClients(around);
        stickWorkers(around);
        awaitStandstill();
        Memory stuck = Memory.now();
        for (RawClient client : clients) {
            client.reset();
        }
        clients.clear();
        await().until(() -> gauge(around, "ros.sync.connections") == 0);
        await().until(() -> gauge(around, "ros.gateway.buffered") == 0);
        around.worker.reset();
        return stuck;
    }

    private void stickClients(Surroundings around) throws IOException {
        byte[] block = new byte[BLOCK];
        block[0] = 'd';
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = new RawClient(around.port(), 4 << 10);
            clients.add(client);
            client.open(RawClient.ALL_VERSIONS);
            for (int session = 1; session <= SESSIONS; session++) {
                int number = i * SESSIONS + session;
                client.send("bind " + number + " 5 0 1 0\n\"foo\"");
                around.worker.stream(number).pour(block, moved);
            }
        }
    }

    private void stickWorkers(Surroundings around) throws IOException {
        around.worker.asked = 1;
        byte[] upload = RawClient.frame(
                RawClient.BINARY, true, true, ("upload 1 0 9 0 1 1 1\n" + "x".repeat(BLOCK)).getBytes(UTF_8));
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = RawClient.connected(around.port());
            clients.add(client);
            client.send("bind 1 5 0 0 0\n\"foo\"");
            Thread.startVirtualThread(() -> upload(client, upload));
        }
        await().until(() -> around.worker.streams.size() == CLIENTS * (SESSIONS + 1));
    }

    private void upload(RawClient client, byte[] upload) {
        try {
            while (true) {
                client.sendRaw(upload);
                moved.addAndGet(upload.length);
            }
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitStandstill() {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Duration.ofSeconds(20))
                .during(Duration.ofMillis(500))
                .until(() -> last.getAndSet(moved.get()) == moved.get());
    }

    private static double gauge(Surroundings around, String name) {
        return around.gateway.getBean(MeterRegistry.class).get(name).gauge().value();
    }

    private void assertNothingLeaks() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            for (int buffer = 0; buffer < 50; buffer++) {
                ByteBufAllocator.DEFAULT.buffer(16).release();
                ByteBufAllocator.DEFAULT.heapBuffer(16).release();
            }
        }
        assertThat(reports.list).isEmpty();
    }

    /** What is in use, on the heap after a collection and beside it. */
    private record Memory(long heap, long direct) {
        static Memory now() {
            System.gc();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    Math.max(0, PlatformDependent.usedDirectMemory()));
        }

        long since(Memory before) {
            return heap - before.heap + direct - before.direct;
        }
    }
}
