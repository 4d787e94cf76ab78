// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.cluster.LockService.Operation.CheckHolder;
import org.openros.cluster.LockService.Operation.Lock;
import org.openros.cluster.LockService.Operation.Put;
import org.openros.cluster.LockService.Outcome.Done;
import org.openros.cluster.LockServiceException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A real Consul that denies what no token allows. */
class ConsulAccessControlTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final String ALL_RIGHTS = UUID.randomUUID().toString();
    /** The policy that the documentation names. */
    private static final String POLICY = """
            {"Name":"openros","Rules":"key_prefix \\"openros-test/\\" {policy=\\"write\\"} session_prefix \\"\\" {policy=\\"write\\"}"}""";

    @TempDir
    static Path folder;

    private static @Nullable RealConsul consul;

    @BeforeEach
    void start() throws IOException {
        if (consul != null) {
            return;
        }
        Map<String, Object> tokens = Map.of("master", ALL_RIGHTS, "agent", ALL_RIGHTS, "default", ALL_RIGHTS);
        Map<String, Object> acl = Map.of("enabled", true, "default_policy", "deny", "tokens", tokens);
        consul = RealConsul.start(folder, 1, 0, Map.of("acl", acl));
    }

    @AfterAll
    static void stop() {
        if (consul != null) {
            consul.close();
        }
    }

    private static ConsulLockService locks(String token) {
        RealConsul running = requireNonNull(consul);
        return running.client(running.servers.getFirst(), token);
    }

    /** The first is Consul's name for no token at all, the other one is a token that does not exist. */
    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "7d5b0aa4-1c1c-4c6c-9a43-6a0e1a3b8c11"})
    void everythingIsRefusedWithTheNameOfTheSetting(String token) {
        ConsulLockService locks = locks(token);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> locks.openSession("x", TTL),
                () -> locks.get("record"),
                () -> locks.list("nodes/"),
                () -> locks.putWhileAlive("nodes/a", bytes("x"), UUID.randomUUID().toString()),
                () -> locks.transact(List.of(new Put("record", bytes("x")))))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            LockServiceException.class, e -> assertThat(e.isOutcomeUnknown()).isFalse())
                    .hasMessageContaining("spring.cloud.consul.token")
                    .hasMessageNotContaining(token);
        }
    }

    @Test
    void documentedPolicyIsEnough() throws Exception {
        put("/v1/acl/policy", POLICY);
        String secret = UUID.randomUUID().toString();
        put("/v1/acl/token", "{\"SecretID\":\"" + secret + "\",\"Policies\":[{\"Name\":\"openros\"}]}");
        ConsulLockService locks = locks(secret);

        String session = locks.openSession("x", TTL);
        locks.putWhileAlive("nodes/a", bytes("x"), session);
        assertThat(locks.transact(List.of(new Lock("leader", bytes("x"), session), new CheckHolder("leader", session))))
                .isInstanceOf(Done.class);

        assertThat(locks.list("")).hasSize(2);
        assertThat(locks.list("none/")).isEmpty();
        assertThat(locks.get("absent")).isNull();
        assertThat(locks.renewSession(session)).isTrue();
        locks.destroySession(session);
    }

    private static void put(String path, String body) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            requireNonNull(consul).servers.getFirst().url().resolve(path))
                    .header("X-Consul-Token", ALL_RIGHTS)
                    .PUT(BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
