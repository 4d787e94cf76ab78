// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What becomes of sync connections that ask for too much: nothing that logs out, resets or aborts a client. */
class LimitsTest {
    private static final int MEGABYTE = 1 << 20;

    private static double limited(Surroundings around, String limit) {
        return registry(around).get("ros.gateway.limited").tag("limit", limit).counter().count();
    }

    private static double buffered(Surroundings around) {
        return registry(around).get("ros.gateway.buffered").gauge().value();
    }

    private static MeterRegistry registry(Surroundings around) {
        return around.gateway.getBean(MeterRegistry.class);
    }

    private static void bind(RawClient client, int session) throws IOException {
        client.send("bind " + session + " 5 0 1 0\n\"foo\"");
    }

    private static byte[] download(int length) {
        byte[] message = new byte[length];
        message[0] = 'd';
        return message;
    }

    @Test
    void uploadsThatComeTooFastAreSlowedDownAndNotRefused() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.uploads-per-second", 20));
                RawClient client = RawClient.connected(around.port())) {
            bind(client, 1);
            FakeWorker.Stream stream = around.worker.stream(1);
            long begin = System.nanoTime();
            for (int i = 0; i < 60; i++) {
                client.send("upload 1 0 9 0 1 1 1\n" + i);
                client.send("ping " + i + " 0\n");
                assertThat(client.message()).isEqualTo("pong " + i + "\n");
            }
            await().until(() -> stream.messages.size() == 61);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(1800));
            assertThat(limited(around, "uploads-per-second")).isPositive();
        }
    }

    @Test
    void sessionsWhoseMessagesWouldPileUpForOneClientAreToldToTryAgain() throws IOException {
        int sessions = 60;
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.outgoing-per-connection", "4MB"));
                RawClient client = new RawClient(around.port(), 16 << 10)) {
            client.open(RawClient.ALL_VERSIONS);
            for (int session = 1; session <= sessions; session++) {
                bind(client, session);
                around.worker.stream(session).call.sendMessage(download(MEGABYTE));
            }
            await().until(() -> limited(around, "outgoing") > 0);
            assertThat(buffered(around)).isLessThan(16.0 * MEGABYTE);
            int downloads = 0;
            Set<String> refused = new HashSet<>();
            while (downloads + refused.size() < sessions) {
                RawClient.Frame frame = client.read();
                if (frame.payload().length == MEGABYTE) {
                    downloads++;
                } else {
                    assertThat(frame.text()).startsWith("json_error 201 ").contains("\"tryAgain\":true");
                    refused.add(frame.text().split("[ \n]", 5)[3]);
                }
            }
            assertThat(downloads).isGreaterThanOrEqualTo(4);
            client.send("unbind " + refused.iterator().next() + "\n");
            client.send("ping 7 0\n");
            assertThat(client.message()).isEqualTo("pong 7\n");
            await().untilAsserted(() -> assertThat(buffered(around)).isZero());
        }
    }

    @Test
    void aMessageThatIsLargerThanTheLimitGetsThroughAlone() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.outgoing-per-connection", "64KB"));
                RawClient client = RawClient.connected(around.port())) {
            bind(client, 1);
            around.worker.stream(1).call.sendMessage(download(8 * MEGABYTE));
            assertThat(client.read().payload()).hasSize(8 * MEGABYTE);
        }
    }

    @Test
    void unfinishedMessagesOfManyClientsDoNotFillTheGateway() throws IOException {
        List<RawClient> hoarders = new ArrayList<>();
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.buffered", "4MB"));
                RawClient modest = RawClient.connected(around.port())) {
            byte[] frame = RawClient.frame(RawClient.BINARY, true, true, new byte[2 * MEGABYTE]);
            for (int i = 0; i < 6; i++) {
                RawClient hoarder = RawClient.connected(around.port());
                hoarders.add(hoarder);
                Thread.startVirtualThread(() -> sendAsFarAsItGoes(hoarder, Arrays.copyOf(frame, frame.length - 1)));
            }
            await().until(() -> limited(around, "buffered") > 0 && buffered(around) <= 4 * MEGABYTE);
            modest.send("ping 1 0\n");
            assertThat(modest.message()).isEqualTo("pong 1\n");
        } finally {
            for (RawClient hoarder : hoarders) {
                hoarder.close();
            }
        }
    }

    private static void sendAsFarAsItGoes(RawClient client, byte[] bytes) {
        try {
            client.sendRaw(bytes);
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void unfinishedFragmentsCountToo() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.buffered", "1MB"));
                RawClient client = RawClient.connected(around.port())) {
            assertThatThrownBy(() -> {
                client.sendFrame(RawClient.BINARY, false, true, new byte[100_000]);
                for (int i = 0; i < 200; i++) {
                    client.sendFrame(RawClient.CONTINUATION, false, true, new byte[100_000]);
                }
                client.read();
            }).isInstanceOf(IOException.class);
            assertThat(limited(around, "buffered")).isEqualTo(1);
            await().untilAsserted(() -> assertThat(buffered(around)).isZero());
        }
    }

    @Test
    void aClientThatReadsNothingWhileDataWaitsIsDroppedAndOneThatReadsSlowlyIsNot() throws Exception {
        try (Surroundings around = Surroundings.start(Map.of("ros.gateway.slow-client-timeout", "1s"));
                RawClient idle = RawClient.connected(around.port());
                RawClient deaf = new RawClient(around.port(), 4 << 10);
                RawClient slow = new RawClient(around.port(), 4 << 10)) {
            deaf.open(RawClient.ALL_VERSIONS);
            bind(deaf, 1);
            around.worker.stream(1).call.sendMessage(download(24 * MEGABYTE));
            slow.open(RawClient.ALL_VERSIONS);
            bind(slow, 2);
            around.worker.stream(2).call.sendMessage(download(24 * MEGABYTE));
            Thread trickle = Thread.startVirtualThread(() -> readSlowly(slow));
            await().atMost(Duration.ofSeconds(20)).until(() -> limited(around, "slow-client") == 1);
            trickle.join();
            assertThat(limited(around, "slow-client")).isEqualTo(1);
            assertThatThrownBy(() -> {
                while (true) {
                    deaf.read();
                }
            }).isInstanceOf(IOException.class);
            idle.send("ping 1 0\n");
            assertThat(idle.message()).isEqualTo("pong 1\n");
            slow.send("ping 2 0\n");
        }
    }

    private static void readSlowly(RawClient client) {
        try {
            for (int i = 0; i < 30; i++) {
                assertThat(client.readRaw(64 << 10)).hasSize(64 << 10);
                await().pollDelay(Duration.ofMillis(100)).until(() -> true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
