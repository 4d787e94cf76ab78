// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes of rights while sessions are open. */
class AccessTest {
    /** The number of the newest change. */
    private static final AtomicLong NEXT = new AtomicLong();

    private static Surroundings around;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(Map.of());
    }

    @AfterAll
    static void stop() {
        around.close();
    }

    @BeforeEach
    void reset() {
        around.reset();
        around.core.realms = AccessTest::open;
    }

    private static Mono<FakeCore.Answer> open(JsonNode question) {
        return Mono.just(FakeCore.openedTo("u1", FakeCore.partition(question), NEXT.get()));
    }

    @Test
    void aSessionWhoseRightsChangeIsToldToTryAgainAndOthersGoOn() throws IOException {
        try (RawClient client = RawClient.connected(around.port())) {
            client.send("bind 1 5 0 1 0\n\"foo\"");
            client.send("bind 2 5 0 1 0\n\"bar\"");
            FakeWorker.Stream foo = around.worker.stream(1);
            FakeWorker.Stream bar = around.worker.stream(2);
            foo.send("ident 1 2 77\n");
            assertThat(client.message()).startsWith("ident 1 ");

            tell(Map.of("path", "/a/foo", "user", "u1"));

            assertThat(client.message())
                    .startsWith("json_error 200 ")
                    .contains(" 1\n{\"action\":\"Transient\"")
                    .contains("\"tryAgain\":true");
            bar.send("ident 2 2 77\n");
            assertThat(client.message()).isEqualTo("ident 2 2 77\n");
        }
    }

    private static void tell(Map<String, Object> change) {
        long number = NEXT.incrementAndGet();
        around.core.changes =
                new FakeCore.Answer(200,
                        Map.of("last", number, "complete", true, "changes", List.of(with(change, "number", number))));
    }

    private static Mono<FakeCore.Answer> openAsOther(JsonNode question) {
        return open(question).map(answer -> new FakeCore.Answer(200, with(answer.body(), "userId", "u2")));
    }

    private static Map<String, Object> with(Map<String, Object> body, String key, Object value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(key, value);
        return more;
    }

    @Test
    void aUserWhoIsSuspendedLosesAllSessionsAndTheConnectionWhenItComesBack() throws IOException {
        try (RawClient bad = RawClient.connected(around.port()); RawClient good = RawClient.connected(around.port())) {
            bad.send("bind 1 5 0 1 0\n\"foo\"");
            bad.send("bind 2 5 0 1 0\n\"bar\"");
            around.worker.stream(1);
            around.worker.stream(2);
            around.core.realms = AccessTest::openAsOther;
            good.send("bind 3 5 0 1 0\n\"foo\"");
            FakeWorker.Stream other = around.worker.stream(3);

            around.core.realms = question -> Mono.just(FakeCore.Answer.of(401, "the user is suspended"));
            tell(Map.of("user", "u1"));

            assertThat(bad.message()).startsWith("json_error 200 ").contains("\"action\":\"Transient\"");
            assertThat(bad.message()).startsWith("json_error 200 ").contains("\"action\":\"Transient\"");
            bad.send("unbind 1\n");
            bad.send("bind 1 5 0 1 0\n\"foo\"");
            assertThat(bad.read().closeCode()).isEqualTo(4001);
            other.send("ident 3 2 77\n");
            assertThat(good.message()).isEqualTo("ident 3 2 77\n");
        }
    }

    @Test
    void aRefusalThatIsNotOneOfCoreServicesDeniesNobody() throws IOException {
        around.core.realms = question -> Mono.just(new FakeCore.Answer(403, Map.of("message", "from a proxy")));
        try (RawClient client = RawClient.connected(around.port())) {
            client.send("bind 1 5 0 1 0\n\"foo\"");
            assertThat(client.message()).startsWith("json_error 200 ");
        }
    }
}
