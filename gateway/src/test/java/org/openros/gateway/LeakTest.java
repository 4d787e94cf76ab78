// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Buffers are released on every path, as Netty's detector sees it. */
class LeakTest {
    private static final int ROUNDS = 20;

    private final Logger detector = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    @BeforeEach
    void listen() {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        detector.addAppender(reports);
        detector.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        detector.detachAppender(reports);
        detector.setAdditive(true);
    }

    @Test
    void theDetectorFindsALeak() {
        leak();
        await().until(() -> {
            collect();
            return !reports.list.isEmpty();
        });
    }

    private static void leak() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(100);
        lost.writeByte(1);
    }

    @Test
    void clientsThatBreakOffAnywhereLeaveNothingBehind() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of())) {
            for (int round = 0; round < ROUNDS; round++) {
                duringTheUpgrade(around);
                duringAuthorisation(around);
                withinAFrame(around);
                withinAFragmentedMessage(around);
                withDownloadsUnderWay(around);
                withWrongFrames(around);
            }
        }
        for (int i = 0; i < 5; i++) {
            collect();
        }
        assertThat(reports.list).isEmpty();
    }

    private static void duringTheUpgrade(Surroundings around) throws IOException {
        RawClient client = new RawClient(around.port());
        client.sendRaw("GET /api/client/v2.0/app/a/realm-sync?baas_at=t HTTP/1.1\r\nUpgra".getBytes(ISO_8859_1));
        client.reset();
    }

    private static void duringAuthorisation(Surroundings around) throws IOException {
        around.core.realms = question -> Mono.never();
        RawClient client = RawClient.connected(around.port());
        client.send("bind 1 5 0 1 0\n\"foo\"");
        client.send("mark 1 1\n");
        client.reset();
        around.core.realms = FakeCore::openRealm;
    }

    private static void withinAFrame(Surroundings around) throws IOException {
        RawClient client = RawClient.connected(around.port());
        client.sendRaw(new byte[] {(byte) 0x82, (byte) 0xFE, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8});
        client.reset();
    }

    private static void withinAFragmentedMessage(Surroundings around) throws IOException {
        RawClient client = RawClient.connected(around.port());
        client.sendFrame(RawClient.BINARY, false, true, new byte[1000]);
        client.sendFrame(RawClient.CONTINUATION, false, true, new byte[1000]);
        client.send("ping 1 0\n");
        client.reset();
    }

    private static void withDownloadsUnderWay(Surroundings around) throws IOException {
        try (RawClient client = RawClient.connected(around.port())) {
            around.worker.streams.clear();
            client.send("bind 1 5 0 1 0\n\"foo\"");
            FakeWorker.Stream stream = around.worker.stream(1);
            for (int i = 0; i < 20; i++) {
                stream.send("d".repeat(10_000));
            }
            client.read();
            client.reset();
        }
    }

    private static void withWrongFrames(Surroundings around) throws IOException {
        try (RawClient client = RawClient.connected(around.port())) {
            client.sendFrame(RawClient.TEXT, true, true, "text".getBytes(UTF_8));
            client.sendFrame(RawClient.PING, true, true, "ping".getBytes(UTF_8));
            client.sendFrame(RawClient.PONG, true, true, "pong".getBytes(UTF_8));
            client.send("nonsense");
            client.sendFrame(RawClient.BINARY, true, false, new byte[10]);
            client.read();
        }
    }

    /** Lets the collector find lost buffers, and the detector report them, which it does at allocations. */
    private static void collect() {
        System.gc();
        for (int i = 0; i < 50; i++) {
            ByteBufAllocator.DEFAULT.buffer(16).release();
            ByteBufAllocator.DEFAULT.heapBuffer(16).release();
        }
    }
}
