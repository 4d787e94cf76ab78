// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** WebSocket frames of all kinds (sync protocol, section 1.6). */
class FrameTest {
    private static Surroundings around;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(Map.of("ros.sync.max-message", "1MB"));
    }

    @AfterAll
    static void stop() {
        around.close();
    }

    @BeforeEach
    void reset() {
        around.reset();
    }

    private static RawClient connect() throws IOException {
        return RawClient.connected(around.port());
    }

    @Test
    void fragmentsBecomeOneMessage() throws IOException {
        try (RawClient client = connect()) {
            client.sendFrame(RawClient.BINARY, false, true, "ping ".getBytes(UTF_8));
            client.sendFrame(RawClient.CONTINUATION, false, true, "12".getBytes(UTF_8));
            client.sendFrame(RawClient.PING, true, true, "x".getBytes(UTF_8));
            client.sendFrame(RawClient.CONTINUATION, true, true, "3 0\n".getBytes(UTF_8));
            assertThat(client.read().opcode()).isEqualTo(RawClient.PONG);
            assertThat(client.message()).isEqualTo("pong 123\n");
        }
    }

    @Test
    void textFramesAreIgnored() throws IOException {
        try (RawClient client = connect()) {
            client.sendFrame(RawClient.TEXT, true, true, "ping 1 0\n".getBytes(UTF_8));
            client.send("ping 2 0\n");
            assertThat(client.message()).isEqualTo("pong 2\n");
        }
    }

    @Test
    void aFrameWithoutMaskEndsTheConnection() throws IOException {
        try (RawClient client = connect()) {
            client.sendFrame(RawClient.BINARY, true, false, "ping 1 0\n".getBytes(UTF_8));
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void reservedBitsEndTheConnection() throws IOException {
        try (RawClient client = connect()) {
            client.sendRaw(new byte[] {(byte) 0xC2, (byte) 0x80, 0, 0, 0, 0});
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aMessageThatIsTooLargeEndsTheConnectionWithoutACodeThatResetsRealms() throws IOException {
        try (RawClient client = connect()) {
            client.sendRaw(new byte[] {(byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 0x20, 0, 0, 1, 2, 3, 4});
            assertThat(client.message()).startsWith("json_error 101 ");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void fragmentsThatAreTooLargeTogetherEndTheConnection() throws IOException {
        try (RawClient client = connect()) {
            client.sendFrame(RawClient.BINARY, false, true, new byte[700_000]);
            client.sendFrame(RawClient.CONTINUATION, true, true, new byte[700_000]);
            assertThat(client.message()).startsWith("json_error 101 ");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void aMessageOfTheLargestSizePasses() throws IOException {
        try (RawClient client = connect()) {
            client.send("bind 1 5 0 1 0\n\"foo\"");
            FakeWorker.Stream stream = around.worker.stream(1);
            String head = "upload 1 0 9 0 1 1 1\n";
            client.send((head + "x".repeat((1 << 20) - head.length())).getBytes(UTF_8));
            await().until(() -> stream.messages.size() == 2);
            assertThat(stream.messages.getLast()).hasSize(1 << 20);
        }
    }

    @Test
    void aCloseFrameIsAnsweredAndTcpClosed() throws IOException {
        try (RawClient client = connect()) {
            client.sendFrame(RawClient.CLOSE, true, true, new byte[] {3, (byte) 0xE8});
            RawClient.Frame answer = client.read();
            assertThat(answer.opcode()).isEqualTo(RawClient.CLOSE);
            assertThat(answer.closeCode()).isEqualTo(1000);
            assertThat(client.atEnd()).isTrue();
        }
    }
}
