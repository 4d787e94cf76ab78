// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** How a gateway goes away, and how silent clients do. */
class StopTest {
    /** For so long a gateway waits at its end for what does not come to its own. */
    private static final Map<String, Object> PATIENT = Map.of("spring.lifecycle.timeout-per-shutdown-phase", "60s");

    /** Less than that. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void sessionsAreToldToTryAgainAndSocketsAreClosedWithoutACloseFrame() throws IOException {
        Surroundings around = Surroundings.start(PATIENT);
        try (RawClient client = RawClient.connected(around.port());
                RawClient idle = RawClient.connected(around.port())) {
            client.send("bind 1 5 0 1 0\n\"foo\"");
            FakeWorker.Stream stream = around.worker.stream(1);
            long before = System.nanoTime();
            around.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            assertThat(client.message()).startsWith("json_error 200 ").contains("the gateway is stopping");
            assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
            assertThatThrownBy(idle::read).isInstanceOf(EOFException.class);
            await().until(() -> stream.cancelled);
        }
    }

    @Test
    void clientsAreSentAwayOneAfterTheOtherAndServedUntilThen() throws Exception {
        Surroundings around = Surroundings.start(PATIENT);
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            clients.add(RawClient.connected(around.port()));
        }
        long begin = System.nanoTime();
        Thread stop = Thread.startVirtualThread(around::close);
        List<Duration> ends = new ArrayList<>();
        for (RawClient client : clients) {
            assertThatThrownBy(client::read).isInstanceOf(EOFException.class);
            ends.add(Duration.ofNanos(System.nanoTime() - begin));
            client.close();
        }
        stop.join();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SOON);
        assertThat(Collections.max(ends)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void readinessGoesBeforeTheConnections() throws Exception {
        Surroundings around = Surroundings.start(Map.of("ros.gateway.drain.delay", "1500ms"));
        try (RawClient sync = RawClient.connected(around.port());
                RawClient probe = new RawClient(around.port())) {
            Thread stop = Thread.startVirtualThread(around::close);
            await().pollInSameThread().until(() ->
                    probe.request("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n").status() == 503);
            sync.send("ping 1 0\n");
            assertThat(sync.message()).isEqualTo("pong 1\n");
            RawClient.connected(around.port()).close();
            stop.join();
            assertThatThrownBy(sync::read).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void readersOfEventsAreSentAwayAtOnce() throws Exception {
        Surroundings around = Surroundings.start(PATIENT);
        HttpRequest feed = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + around.port() + "/admin/v1/realms/a/feed"))
                .build();
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
                InputStream events = http.send(feed, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            assertThat(new String(events.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("data:1");
            long before = System.nanoTime();
            around.close();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            assertThat(new String(events.readAllBytes(), StandardCharsets.UTF_8)).isBlank();
        }
    }

    @Test
    void aClientThatIsSilentForTooLongLosesItsConnection() throws IOException {
        try (Surroundings around = Surroundings.start(Map.of("ros.sync.idle-timeout", "2s"));
                RawClient silent = RawClient.connected(around.port());
                RawClient lively = RawClient.connected(around.port())) {
            for (int i = 0; i < 18; i++) {
                lively.send("ping " + i + " 0\n");
                assertThat(lively.message()).isEqualTo("pong " + i + "\n");
                await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            }
            assertThatThrownBy(silent::read).isInstanceOf(EOFException.class);
        }
    }
}
