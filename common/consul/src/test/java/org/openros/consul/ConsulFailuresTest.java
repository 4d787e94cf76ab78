// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockService.Operation.Put;
import org.openros.cluster.LockServiceException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConsulFailuresTest {
    private static final String TOKEN = "a-secret-of-this-test";
    private static final List<Operation> CHANGE = List.of(new Put("record", "x".getBytes(UTF_8)));

    private FakeConsul consul;
    private ConsulLockService locks;

    @BeforeEach
    void start() throws IOException {
        consul = new FakeConsul();
        locks = locks(consul.url());
    }

    @AfterEach
    void stop() {
        locks.close();
        consul.close();
    }

    private static ConsulLockService locks(URI url) {
        return new ConsulLockService(new ConsulAddress(url, TOKEN, null), "openros/", List.of());
    }

    @Test
    void wrongPortIsNamedAndNothingWasDone() {
        URI url = URI.create("http://127.0.0.1:" + RealConsul.freePorts(1).getFirst().http());
        try (ConsulLockService nobody = locks(url)) {
            failure(() -> nobody.transact(CHANGE), false)
                    .hasMessageContaining(url.toString())
                    .hasMessageContaining("spring.cloud.consul.scheme, .host and .port");
        }
    }

    @Test
    void theProblemIsKnownFromTheFirstFailureToTheNextSuccess() throws Exception {
        assertThat(locks.problem()).isNull();
        consul.answer(500, "No cluster leader");
        failure(() -> locks.get("record"), false);
        assertThat(locks.problem()).contains(consul.url().toString(), "No cluster leader");
        consul.answer(404, "");
        assertThat(locks.get("record")).isNull();
        assertThat(locks.problem()).isNull();
    }

    @Test
    void unknownHostIsNamedAndNothingWasDone() {
        try (ConsulLockService nobody = locks(URI.create("http://no-such-host.invalid:8500"))) {
            failure(() -> nobody.transact(CHANGE), false).hasMessageContaining("no-such-host.invalid");
        }
    }

    @Test
    void missingAnswerLeavesTheOutcomeUnknownAfterTwoSeconds() {
        CountDownLatch never = new CountDownLatch(1);
        consul.answer(request -> {
            never.await();
            return new FakeConsul.Answer(200, "", 1);
        });
        long start = System.nanoTime();

        failure(() -> locks.transact(CHANGE), true)
                .hasMessageContaining(consul.url().toString())
                .hasMessageContaining("outcome unknown");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(ConsulLockService.CALL_TIMEOUT.minusMillis(50),
                        ConsulLockService.CALL_TIMEOUT.multipliedBy(10));
    }

    @Test
    void brokenConnectionLeavesTheOutcomeUnknown() {
        consul.answer(request -> {
            throw new IllegalStateException("the connection breaks off");
        });

        failure(() -> locks.transact(CHANGE), true).hasMessageContaining("outcome unknown");
    }

    @Test
    void consulWithoutALeaderHasDoneNothing() {
        consul.answer(500, "rpc error making call: No cluster leader");

        failure(() -> locks.transact(CHANGE), false)
                .hasMessageContaining("No cluster leader")
                .hasMessageContaining("more than half");
    }

    @Test
    void leadershipLostWhileCommittingLeavesTheOutcomeUnknown() {
        consul.answer(500, "rpc error making call: leadership lost while committing log");

        failure(() -> locks.transact(CHANGE), true).hasMessageContaining("leadership lost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACL not found", "Permission denied"})
    void refusedTokenIsExplainedAndNotShown(String reason) {
        consul.answer(403, reason);

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> locks.openSession("x", Duration.ofSeconds(10)),
                () -> locks.renewSession("s"),
                () -> locks.destroySession("s"),
                () -> locks.get("record"),
                () -> locks.list("nodes/"),
                () -> locks.putWhileAlive("nodes/a", new byte[0], "s"),
                () -> locks.transact(CHANGE))) {
            failure(call, false)
                    .hasMessageContaining(reason)
                    .hasMessageContaining("spring.cloud.consul.token")
                    .hasMessageNotContaining(TOKEN);
        }
    }

    @Test
    void refusalInsideATransactionIsNoOutcome() {
        consul.answer(409, "{\"Results\":null,\"Errors\":[{\"OpIndex\":0,\"What\":\"Permission denied\"}]}");

        failure(() -> locks.transact(CHANGE), false).hasMessageContaining("spring.cloud.consul.token");
    }

    @Test
    void listThatIsEmptyForWantOfRightsIsRefused() {
        consul.answer(request -> request.contains("recurse")
                ? new FakeConsul.Answer(404, "", 1)
                : new FakeConsul.Answer(403, "Permission denied", -1));

        failure(() -> locks.list("nodes/"), false).hasMessageContaining("spring.cloud.consul.token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>It works!</html>", "", "null", "{", "7"})
    void whatIsNoConsulIsCalledSo(String body) {
        consul.answer(200, body);

        failure(() -> locks.get("record"), true).hasMessageContaining("is no Consul agent");
        failure(() -> locks.transact(CHANGE), true).hasMessageContaining("is no Consul agent");
    }

    @Test
    void wrongSchemeIsExplained() {
        consul.answer(400, "Client sent an HTTP request to an HTTPS server.");

        failure(() -> locks.get("record"), false).hasMessageContaining("spring.cloud.consul.scheme");
    }

    @Test
    void tokenGoesInAHeaderOnly() throws LockServiceException {
        locks.get("groups/default/record");

        assertThat(consul.tokens).containsExactly(TOKEN);
        assertThat(consul.requests).containsExactly("GET /v1/kv/openros/groups/default/record?consistent");
        assertThat(new ConsulAddress(consul.url(), TOKEN, null).toString()).doesNotContain(TOKEN);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failure(ThrowingCallable call, boolean unknown) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LockServiceException.class,
                        e -> assertThat(e.isOutcomeUnknown()).as(e.getMessage()).isEqualTo(unknown));
    }
}
