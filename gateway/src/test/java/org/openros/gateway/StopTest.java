// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** How a gateway goes away, and how silent clients do. */
class StopTest {
    @Test
    void sessionsAreToldToTryAgainAndSocketsAreClosedWithoutACloseFrame() throws IOException {
        Surroundings around = Surroundings.start(Map.of());
        try (RawClient client = RawClient.connected(around.port());
                RawClient idle = RawClient.connected(around.port())) {
            client.send("bind 1 5 0 1 0\n\"foo\"");
            FakeWorker.Stream stream = around.worker.stream(1);
            long before = System.nanoTime();
            around.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
            assertThat(client.message()).startsWith("json_error 200 ").contains("the gateway is stopping");
            assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
            assertThatThrownBy(idle::read).isInstanceOf(EOFException.class);
            await().until(() -> stream.cancelled);
        }
    }

    @Test
    void aClientThatIsSilentForTooLongLosesItsConnection() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.sync.idle-timeout", "1s"));
                RawClient silent = RawClient.connected(around.port());
                RawClient lively = RawClient.connected(around.port())) {
            for (int i = 0; i < 12; i++) {
                lively.send("ping " + i + " 0\n");
                assertThat(lively.message()).isEqualTo("pong " + i + "\n");
                await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            }
            assertThatThrownBy(silent::read).isInstanceOf(EOFException.class);
        }
    }
}
