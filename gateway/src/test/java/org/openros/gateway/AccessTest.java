// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Changes of rights while sessions are open. */
class AccessTest {
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
        String partition = question.get("partition").stringValue().replace("\"", "");
        return Mono.just(new FakeCore.Answer(200, Map.of(
                "path", "/a/" + partition, "group", "default", "realmToken", "t", "userId", "u1", "asOf", 0)));
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

            around.core.changes = new FakeCore.Answer(200, Map.of(
                    "last", 1, "complete", true,
                    "changes", List.of(Map.of("number", 1, "path", "/a/foo", "user", "u1"))));

            assertThat(client.message())
                    .startsWith("json_error 200 ")
                    .contains(" 1\n{\"action\":\"Transient\"")
                    .contains("\"tryAgain\":true");
            bar.send("ident 2 2 77\n");
            assertThat(client.message()).isEqualTo("ident 2 2 77\n");
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
