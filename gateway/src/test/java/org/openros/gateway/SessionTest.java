// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import io.grpc.Status;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.link.SessionLink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Sessions between a client and a worker (sync protocol, sections 4 and 7). */
class SessionTest {
    private static final String BIND = "bind 1 5 0 1 0\n\"foo\"";
    private static final String OLD = "com.mongodb.realm-sync/3";
    private static Surroundings around;

    @BeforeAll
    static void start() throws IOException {
        around = Surroundings.start(Map.of("ros.sync.master-timeout", "300ms", "ros.sync.max-sessions", "5"));
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
    void aSessionPassesUnchangedInBothDirections() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            stream.send("ident 1 2 77\n");
            assertThat(client.message()).isEqualTo("ident 1 2 77\n");
            client.send("ident 1 2 77 0 0 0 0\n");
            client.send("mark 1 1\n");
            stream.awaitMessage("mark 1 1\n");
            assertThat(stream.messages).containsExactly(BIND, "ident 1 2 77 0 0 0 0\n", "mark 1 1\n");
            stream.send("download 1 0 0 0 0 0 0 0 0 0 0\n");
            stream.send("mark 1 1\n");
            assertThat(client.message()).isEqualTo("download 1 0 0 0 0 0 0 0 0 0 0\n");
            assertThat(client.message()).isEqualTo("mark 1 1\n");
        }
    }

    @Test
    void theWorkerLearnsTokenVersionAndConnection() throws IOException {
        try (RawClient client = RawClient.connected(around.port(), "com.mongodb.realm-sync#9")) {
            client.send(BIND);
            client.send("bind 2 5 0 1 0\n\"bar\"");
            FakeWorker.Stream first = around.worker.stream(1);
            FakeWorker.Stream second = around.worker.stream(2);
            assertThat(first.headers.get(SessionLink.REALM_TOKEN)).isEqualTo("may-open \"foo\"");
            assertThat(first.headers.get(SessionLink.PROTOCOL_VERSION)).isEqualTo("9");
            assertThat(first.headers.get(SessionLink.CONNECTION_ID))
                    .isNotEmpty()
                    .isEqualTo(second.headers.get(SessionLink.CONNECTION_ID));
        }
        assertThat(around.core.questions.getLast().get("accessToken").stringValue()).isEqualTo("token1");
    }

    @Test
    void sessionsOfOneConnectionEndOneByOne() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            client.send("bind 2 5 0 1 0\n\"bar\"");
            around.worker.stream(1).end(Status.UNAVAILABLE);
            assertThat(client.message()).startsWith("json_error 200 ").contains("\"action\":\"Transient\"");
            around.worker.stream(2).send("ident 2 2 77\n");
            assertThat(client.message()).isEqualTo("ident 2 2 77\n");
        }
    }

    @Test
    void messagesThatArriveDuringAuthorisationFollowTheBind() throws IOException {
        Sinks.One<FakeCore.Answer> decision = Sinks.one();
        around.core.realms = question -> decision.asMono();
        try (RawClient client = connect()) {
            client.send(BIND.replace(" 1 0\n", " 0 0\n"));
            client.send("ident 1 2 77 0 0 0 0\n");
            client.send("mark 1 1\n");
            await().until(() -> around.core.questions.size() == 2);
            decision.tryEmitValue(FakeCore.openedIn("default", around.core.questions.getLast()));
            FakeWorker.Stream stream = around.worker.stream(1);
            stream.awaitMessage("mark 1 1\n");
            assertThat(stream.messages).hasSize(3).element(1).isEqualTo("ident 1 2 77 0 0 0 0\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, 14, json_error 204, ApplicationBug",
        "403, 14, json_error 206, ApplicationBug",
        "410, 14, json_error 208, ClientReset",
        "410, 3, error 208, 0 1",
        "503, 14, json_error 200, Transient",
        "500, 14, json_error 200, Transient",
        "404, 14, json_error 200, Transient",
        "400, 3, error 204, 0 1",
        "403, 3, error 206, 0 1"
    })
    void aRealmThatCannotBeOpenedFailsTheSessionOnly(int status, int version, String head, String detail)
            throws IOException {
        around.core.realms = question -> Mono.just(FakeCore.Answer.of(status, "no"));
        String offers = version == 14 ? RawClient.ALL_VERSIONS : OLD;
        try (RawClient client = RawClient.connected(around.port(), offers)) {
            client.send(BIND);
            assertThat(client.message()).startsWith(head).contains(detail);
            client.send("ping 5 0\n");
            assertThat(client.message()).isEqualTo("pong 5\n");
        }
        assertThat(around.worker.streams).isEmpty();
    }

    @Test
    void whatNobodyCanDecideIsAskedForAgainAfterASecondAndThenLaterAndLater() throws IOException {
        around.core.realms = question -> Mono.just(FakeCore.Answer.of(503, "no"));
        try (RawClient client = connect()) {
            client.send(BIND);
            assertThat(client.message()).startsWith("json_error 200 ");
            for (int i = 0; i < 2; i++) {
                client.send("unbind 1\n");
                client.send(BIND);
                assertThat(client.message())
                        .startsWith("json_error 201 ")
                        .contains("\"backoffIntervalSec\":1", "\"backoffMaxDelaySec\":20", "\"tryAgain\":true");
            }
            around.core.realms = question -> Mono.just(FakeCore.openedIn("default", question));
            client.send("unbind 1\n");
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            stream.awaitMessage(BIND);
            around.core.realms = question -> Mono.just(FakeCore.Answer.of(503, "no"));
            client.send("unbind 1\n");
            stream.awaitMessage("unbind 1\n");
            stream.send("unbound 1\n");
            assertThat(client.message()).isEqualTo("unbound 1\n");
            client.send(BIND);
            assertThat(client.message()).startsWith("json_error 200 ");
        }
    }

    @Test
    void anOldClientWhoseRealmIsNotAvailableLosesItsConnection() throws IOException {
        around.core.realms = question -> Mono.just(FakeCore.Answer.of(503, "no"));
        try (RawClient client = RawClient.connected(around.port(), OLD)) {
            client.send(BIND);
            assertThat(client.atEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 8, 14})
    void aTokenThatExpiredBeforeABindEndsTheConnection(int version) throws IOException {
        around.core.realms = question -> Mono.just(FakeCore.Answer.of(401, "expired"));
        try (RawClient client = new RawClient(around.port())) {
            client.upgrade(
                    "/api/client/v2.0/app/app1/realm-sync?baas_at=t", "com.mongodb.realm-sync/" + version, "");
            if (version >= 10) {
                client.message();
            }
            client.send(BIND);
            if (version >= 8) {
                assertThat(client.read().closeCode()).isEqualTo(4001);
            }
            assertThat(client.atEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'mark 1 1\n', 106",
        "'unbind 9\n', 106",
        "'bind 1 5 0 1 0\n\"foo\"bind 1', 103",
        "'bind 0 5 0 1 0\n\"foo\"', 103",
        "'bind 1 0 0 1 0\n', 103",
        "'query 1 2 0\n', 103",
        "'hello', 103",
        "'', 103",
        "'ping x 0\n', 103"
    })
    void aBrokenMessageEndsTheConnection(String message, int code) throws IOException {
        try (RawClient client = connect()) {
            client.send(message);
            assertThat(client.message())
                    .startsWith("json_error " + code + " ")
                    .contains(" 0\n{")
                    .contains("\"action\":\"ProtocolViolation\"");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void theNumberOfALiveSessionCannotBeBoundAgain() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            client.send(BIND);
            assertThat(client.message()).startsWith("json_error 107 ");
            assertThat(client.atEnd()).isTrue();
            await().until(() -> stream.cancelled);
        }
    }

    @Test
    void moreSessionsThanAllowedAreToldToTryAgainAndTheOthersGoOn() throws IOException {
        try (RawClient client = connect()) {
            for (int session = 1; session <= 6; session++) {
                client.send("bind " + session + " 5 0 1 0\n\"foo\"");
            }
            assertThat(client.message())
                    .startsWith("json_error 201 ")
                    .contains(" 6\n", "\"tryAgain\":true", "\"action\":\"Transient\"", "\"backoffIntervalSec\":2");
            FakeWorker.Stream fifth = around.worker.stream(5);
            client.send("unbind 6\n");
            client.send("unbind 5\n");
            fifth.awaitMessage("unbind 5\n");
            fifth.send("unbound 5\n");
            assertThat(client.message()).isEqualTo("unbound 5\n");
            client.send("bind 6 5 0 1 0\n\"foo\"");
            around.worker.stream(6).send("ident 6 2 77\n");
            assertThat(client.message()).isEqualTo("ident 6 2 77\n");
        }
    }

    @Test
    void farMoreSessionsThanAllowedEndTheConnectionWithoutACodeThatAbortsClients() throws IOException {
        try (RawClient client = connect()) {
            for (int session = 1; session <= 11; session++) {
                client.send("bind " + session + " 5 0 1 0\n\"foo\"");
            }
            for (int refused = 6; refused <= 10; refused++) {
                assertThat(client.message()).startsWith("json_error 201 ");
            }
            assertThat(client.message()).startsWith("json_error 101 ");
        }
    }

    @Test
    void aViolationFoundByTheWorkerEndsTheConnection() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            client.send("bind 2 5 0 1 0\n\"bar\"");
            FakeWorker.Stream other = around.worker.stream(2);
            around.worker.stream(1).endConnection(109);
            assertThat(client.message()).startsWith("json_error 109 ");
            assertThat(client.atEnd()).isTrue();
            await().until(() -> other.cancelled);
        }
    }

    private void assertBindsAnew(RawClient client) throws IOException {
        client.send(BIND);
        await().until(() -> around.worker.streams.size() == 2);
        around.worker.stream(1).send("ident 1 2 77\n");
        assertThat(client.message()).isEqualTo("ident 1 2 77\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNAVAILABLE", "UNAUTHENTICATED", "INTERNAL", "UNKNOWN", "OK", "CANCELLED"})
    void howeverAStreamBreaksTheClientTriesAgain(String code) throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            around.worker.stream(1).end(Status.fromCode(Status.Code.valueOf(code)));
            assertThat(client.message()).startsWith("json_error 200 ").contains("\"tryAgain\":true");
            client.send("upload 1 0 0 0 5 1 1\n");
            client.send("unbind 1\n");
            assertBindsAnew(client);
        }
    }

    @Test
    void unboundMakesTheNumberFreeBeforeTheStreamEnds() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream first = around.worker.stream(1);
            client.send("unbind 1\n");
            first.awaitMessage("unbind 1\n");
            first.send("unbound 1\n");
            assertThat(client.message()).isEqualTo("unbound 1\n");
            client.send(BIND);
            await().until(() -> around.worker.streams.size() == 2);
            first.send("mark 1 1\n");
            first.end(Status.OK);
            around.worker.stream(1).send("ident 1 2 77\n");
            assertThat(client.message()).isEqualTo("ident 1 2 77\n");
        }
    }

    @Test
    void aMessageAfterUnbindIsOutOfOrder() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            around.worker.stream(1);
            client.send("unbind 1\n");
            client.send("mark 1 1\n");
            assertThat(client.message()).startsWith("json_error 109 ");
        }
    }

    @Test
    void unbindDuringAuthorisationIsAnsweredAndNothingIsOpened() throws IOException {
        around.core.realms = question -> Mono.never();
        try (RawClient client = connect()) {
            client.send(BIND);
            client.send("unbind 1\n");
            assertThat(client.message()).isEqualTo("unbound 1\n");
            around.core.realms = FakeCore::openRealm;
            client.send(BIND);
            around.worker.stream(1);
            assertThat(around.worker.streams).hasSize(1);
        }
    }

    @Test
    void anErrorThatCrossesTheUnbindIsTheLastWord() throws IOException {
        String error = "error 208 0 0 1\n";
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            client.send("unbind 1\n");
            stream.awaitMessage("unbind 1\n");
            stream.send(error);
            stream.end(Status.OK);
            assertThat(client.message()).isEqualTo(error);
            assertBindsAnew(client);
        }
    }

    @Test
    void unbindAfterAnErrorOfTheWorkerReachesTheWorkerAndIsNotAnswered() throws IOException {
        String error = "error 208 0 0 1\n";
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            stream.send(error);
            assertThat(client.message()).isEqualTo(error);
            client.send("mark 1 1\n");
            client.send("unbind 1\n");
            stream.awaitMessage("unbind 1\n");
            assertThat(stream.messages).doesNotContain("mark 1 1\n");
            client.send("ping 3 0\n");
            assertThat(client.message()).isEqualTo("pong 3\n");
            await().until(() -> stream.cancelled);
        }
    }

    @Test
    void aCompensatingWriteDoesNotEndTheSession() throws IOException {
        String json = "{\"action\":\"Warning\",\"compensatingWriteServerVersion\":3,\"isRecoveryModeDisabled\":false,"
                + "\"logURL\":\"\",\"message\":\"m\",\"shouldClientReset\":false,\"tryAgain\":true}";
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            stream.send("json_error 231 " + json.length() + " 1\n" + json);
            stream.send("mark 1 1\n");
            assertThat(client.message()).startsWith("json_error 231 ");
            assertThat(client.message()).isEqualTo("mark 1 1\n");
        }
    }

    @Test
    void aStreamThatDiesAfterUnbindCountsAsUnbound() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            FakeWorker.Stream stream = around.worker.stream(1);
            client.send("unbind 1\n");
            stream.awaitMessage("unbind 1\n");
            stream.end(Status.UNAVAILABLE);
            assertThat(client.message()).isEqualTo("unbound 1\n");
        }
    }

    @Test
    void aWorkerThatSendsGarbageCostsTheSessionOnly() throws IOException {
        try (RawClient client = connect()) {
            client.send(BIND);
            around.worker.stream(1).send("unbound x\n");
            assertThat(client.message()).startsWith("json_error 200 ");
        }
    }

    @Test
    void aBindWaitsForAMasterAndThenTellsTheClientToTryAgain() throws IOException {
        around.loseMaster();
        try (RawClient client = connect()) {
            client.send(BIND);
            assertThat(client.message()).startsWith("json_error 200 ").contains("has no master");
        } finally {
            around.regainMaster();
        }
    }

    @Test
    void aClientThatGoesAwayCancelsItsStreams() throws IOException {
        RawClient client = connect();
        client.send(BIND);
        FakeWorker.Stream stream = around.worker.stream(1);
        client.reset();
        await().until(() -> stream.cancelled);
    }

    @Test
    void theTokenOfAnOldClientsBindIsUsed() throws IOException {
        try (RawClient client = RawClient.connected(around.port(), OLD)) {
            client.send("bind 1 5 4 1 0\n\"foo\"mine");
            around.worker.stream(1);
            assertThat(around.core.questions.getLast().get("accessToken").stringValue()).isEqualTo("mine");
            client.send("refresh 1 5\nnewer");
            client.send("bind 2 5 0 1 0\n\"foo\"");
            around.worker.stream(2);
            assertThat(around.core.questions.getLast().get("accessToken").stringValue()).isEqualTo("newer");
        }
    }
}
