// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ErrorReplyTest {
    private static final Set<Integer> ABORTING =
            Set.of(104, 202, 203, 205, 207, 214, 215, 218, 219, 220, 221, 224);

    record Case(SyncError error, int version) {
        long session() {
            return error.isSessionLevel() ? 7 : 0;
        }

        ErrorReply reply() {
            return ErrorReply.encode(error, "why \"it\" failed: \u00e9\ud83d\ude00\u0001", session(), version);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (SyncError error : SyncError.values()) {
            for (int version = 1; version <= 14; version++) {
                cases.add(new Case(error, version));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void replyNeverAbortsAClientAndHasTheFormOfItsVersion(Case situation) {
        if (!(situation.reply() instanceof ErrorReply.Message message)) {
            return;
        }

        ServerMessage decoded = ServerMessageDecoder.decode(message.bytes());

        int code;
        long session;
        if (situation.version() <= 3) {
            var plain = (ServerMessage.PlainError) decoded;
            code = plain.code();
            session = plain.session();
            assertThat(plain.tryAgain()).isEqualTo(code == 100);
        } else {
            var json = (ServerMessage.JsonError) decoded;
            code = json.code();
            session = json.session();
            assertThat(json.body().tryAgain()).isEqualTo(json.body().action().equals("Transient"));
            assertThat(json.body().shouldClientReset()).isEqualTo(json.body().action().equals("ClientReset"));
        }
        assertThat(code).isNotIn(ABORTING);
        assertThat(code >= 200).isEqualTo(session == 7);
        assertThat(session).isEqualTo(situation.session());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void jsonHasEveryKeyThatClientsDemandAndItsExactSize(Case situation) {
        if (situation.version() <= 3 || !(situation.reply() instanceof ErrorReply.Message message)) {
            return;
        }

        String text = new String(message.bytes(), StandardCharsets.UTF_8);
        String header = text.substring(0, text.indexOf('\n'));
        String body = text.substring(text.indexOf('\n') + 1);

        JsonNode json = JsonMapper.shared().readTree(body);
        assertThat(header.split(" ")[2]).isEqualTo("" + body.getBytes(StandardCharsets.UTF_8).length);
        assertThat(json.propertyNames())
                .contains("isRecoveryModeDisabled", "tryAgain", "message", "logURL", "shouldClientReset", "action");
        assertThat(json.has("backoffMaxDelaySec")).isEqualTo(json.has("backoffIntervalSec"));
        assertThat(json.has("backoffMultiplier")).isEqualTo(json.has("backoffIntervalSec"));
        assertThat(json.get("message").stringValue()).isEqualTo("why \"it\" failed: \u00e9\ud83d\ude00\u0001");
    }

    @ParameterizedTest
    @CsvSource({
        // situation, plain code (0: no message), JSON code, action, tryAgain: the table of section 7.4
        "UNKNOWN_CLIENT_FILE, 208, 208, ClientReset, false",
        "DIVERGED_HISTORY, 211, 211, ClientReset, false",
        "CLIENT_AHEAD, 209, 209, ClientReset, false",
        "CLIENT_VERSION_AHEAD, 211, 210, ClientReset, false",
        "CLIENT_FILE_EXPIRED, 222, 222, ClientReset, false",
        "BAD_SERVER_VERSION, 209, 209, ClientReset, false",
        "BAD_CLIENT_VERSION, 210, 210, ClientReset, false",
        "BAD_CHANGESET, 212, 212, ClientReset, false",
        "BAD_ORIGIN_FILE_IDENT, 216, 216, ProtocolViolation, false",
        "CLIENT_FAILED, 201, 201, ClientReset, false",
        "PROGRESS_REGRESSION, 211, 233, ClientReset, false",
        "INCOMPATIBLE_SCHEMA, 225, 225, ClientReset, false",
        "BAD_PATH, 204, 204, ApplicationBug, false",
        "OPEN_DENIED, 206, 206, ApplicationBug, false",
        "WRITE_DENIED, 206, 230, ClientReset, false",
        "REALM_DELETED, 208, 208, ClientReset, false",
        "SESSION_CLOSED, 0, 200, Transient, true",
        "MOVED, 0, 229, Transient, true",
        "UNDECIDED, 0, 201, Transient, true",
        "OVERLOADED, 0, 201, Transient, true",
        "CONNECTION_CLOSED, 100, 100, Transient, true",
        "BAD_BODY, 101, 101, ProtocolViolation, false",
        "BAD_SYNTAX, 103, 103, ProtocolViolation, false",
        "BAD_SESSION_IDENT, 106, 106, ProtocolViolation, false",
        "REUSE_OF_SESSION_IDENT, 107, 107, ProtocolViolation, false",
        "BOUND_IN_OTHER_SESSION, 108, 108, ProtocolViolation, false",
        "BAD_MESSAGE_ORDER, 109, 109, ProtocolViolation, false",
        "WRONG_SYNC_TYPE, 0, 114, ApplicationBug, false",
        "TOKEN_EXPIRED, 0, 0, -, -",
    })
    void codeAndActionAreThoseOfTheTable(SyncError error, int plain, int json, String action, String tryAgain) {
        assertThat(plainCode(new Case(error, 2))).isEqualTo(plain);
        if (json > 0) {
            var reply = (ErrorReply.Message) new Case(error, 14).reply();
            var message = (ServerMessage.JsonError) ServerMessageDecoder.decode(reply.bytes());
            assertThat(message.code()).isEqualTo(json);
            assertThat(message.body().action()).isEqualTo(action);
            assertThat(message.body().tryAgain()).hasToString(tryAgain);
        }
    }

    @Test
    void expiredTokenIsToldByACloseCodeToClientsThatKnowIt() {
        for (int version = 1; version <= 14; version++) {
            ErrorReply expected = version >= 8 ? new ErrorReply.CloseWebSocket(4001) : ErrorReply.CloseTcp.INSTANCE;
            assertThat(new Case(SyncError.TOKEN_EXPIRED, version).reply()).isEqualTo(expected);
        }
    }

    @Test
    void codeUnknownToVersionSevenIsReplaced() {
        var reply = (ErrorReply.Message) new Case(SyncError.PROGRESS_REGRESSION, 7).reply();

        assertThat(((ServerMessage.JsonError) ServerMessageDecoder.decode(reply.bytes())).code()).isEqualTo(211);
    }

    @Test
    void everySituationIsInTheTable() throws ReflectiveOperationException {
        var table = ErrorReplyTest.class
                .getDeclaredMethod(
                        "codeAndActionAreThoseOfTheTable",
                        SyncError.class,
                        int.class,
                        int.class,
                        String.class,
                        String.class)
                .getAnnotation(CsvSource.class);

        assertThat(table.value()).hasSameSizeAs(SyncError.values());
    }

    @Test
    void longMessageIsCut() {
        var reply = (ErrorReply.Message) ErrorReply.encode(SyncError.BAD_PATH, "x".repeat(5000), 1, 14);

        assertThat(reply.bytes()).hasSizeLessThan(1300);
    }

    @Test
    void sessionLevelErrorNeedsASession() {
        assertThatThrownBy(() -> ErrorReply.encode(SyncError.BAD_PATH, "", 0, 14))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErrorReply.encode(SyncError.BAD_SYNTAX, "", 1, 14))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int plainCode(Case situation) {
        return situation.reply() instanceof ErrorReply.Message message
                ? ((ServerMessage.PlainError) ServerMessageDecoder.decode(message.bytes())).code()
                : 0;
    }
}
