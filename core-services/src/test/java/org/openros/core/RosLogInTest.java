// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.RosServer.Account;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.PASSWORD;
import static org.openros.core.RosServer.logIn;
import static org.openros.core.RosServer.parameter;
import static org.openros.core.RosServer.problem;

/** {@code POST /auth} and {@code /auth/revoke} (admin API, section 5; rows 1, 4 and 6 of its acceptance tests). */
class RosLogInTest {
    private static LocalIssuer issuer;
    private static RosServer ros;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException, JOSEException {
        issuer = new LocalIssuer();
        ros = new RosServer(
                folder,
                "--ros.auth.issuers.local.issuer=" + issuer.url(),
                "--ros.permissions.rules[0].partition=/~/**",
                "--ros.permissions.rules[0].access=admin");
    }

    @AfterAll
    static void stop() {
        ros.close();
        issuer.close();
    }

    private static ObjectNode inOldForm(String name, String password) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("provider", "password").put("data", name);
        body.putObject("user_info").put("password", password);
        return body;
    }

    /** Row 1: both forms, and each way to say whether one registers. */
    @ParameterizedTest
    @CsvSource({
        "new, true, 200",
        "new, false, 401 611",
        "new, , 401 611",
        "known, true, 401 611",
        "known, false, 200",
        "known, , 200",
    })
    void aPasswordLogsInOrRegistersInBothForms(String name, Boolean register, String expected) {
        String kind = name + register;
        for (boolean old : new boolean[] {true, false}) {
            String account = kind + old + "@example.com";
            if (name.equals("known")) {
                ros.account(account);
            }
            ObjectNode body = old ? inOldForm(account, PASSWORD) : logIn(account, PASSWORD);
            if (register != null) {
                (old ? (ObjectNode) body.path("user_info") : body).put("register", register);
            }
            Reply reply = ros.auth(body);
            assertThat(reply.status() == 200 ? "200" : problem(reply)).as("old form: %s", old).isEqualTo(expected);
        }
    }

    @Test
    void whereItIsWantedAnUnknownNameRegistersUnlessTheClientSaysOtherwise(@TempDir Path folder) {
        try (RosServer lenient = new RosServer(folder, "--ros.auth.compat.auto-register=true")) {
            Reply first = lenient.auth(logIn("new@example.com", PASSWORD));
            assertThat(first.status()).isEqualTo(200);
            Reply again = lenient.auth(inOldForm("new@example.com", PASSWORD));
            assertThat(identity(again)).isEqualTo(identity(first)).isNotEmpty();
            assertThat(problem(lenient.auth(logIn("new@example.com", "another password")))).isEqualTo("401 611");
            assertThat(problem(lenient.auth(logIn("other@example.com", PASSWORD).put("register", false))))
                    .isEqualTo("401 611");
            assertThat(problem(lenient.auth(logIn("short@example.com", "x")))).isEqualTo("400 601");
        }
    }

    private static String identity(Reply logIn) {
        return logIn.json().path("refresh_token").path("token_data").path("identity").asString("");
    }

    @Test
    void aWrongPasswordAndAnUnknownNameLookAlike() {
        ros.account("here@example.com");
        Reply wrong = ros.auth(logIn("here@example.com", "wrong password"));
        Reply unknown = ros.auth(logIn("nobody@example.com", "wrong password"));
        assertThat(problem(wrong)).isEqualTo("401 611");
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void aRefreshTokenIsToldWithWhatIsInIt() {
        Reply reply = ros.auth(logIn("shape@example.com", PASSWORD).put("register", true));
        assertThat(reply.json().propertyNames()).containsExactly("refresh_token");
        JsonNode data = reply.json().path("refresh_token").path("token_data");
        assertThat(data.path("app_id").asString()).isEqualTo("shop");
        assertThat(data.path("identity").asString()).matches("[0-9a-f]{24}");
        assertThat(data.path("access").valueStream().map(JsonNode::asString)).containsExactly("refresh");
        assertThat(data.path("salt").asString()).matches("[0-9a-f]{8,}");
        assertThat(data.path("expires").asLong()).isGreaterThan(Instant.now().getEpochSecond());
        assertThat(data.path("is_admin").isBoolean()).isTrue();
        assertThat(data.path("isEmailConfirmed").isBoolean()).isTrue();
    }

    @Test
    void aRefreshTokenGivesAUserTokenThatIsGoodForTheInterface() {
        Account ann = ros.account("ann@example.com");
        JsonNode token = ros.userToken(ann.refresh()).json().path("user_token");
        JsonNode data = token.path("token_data");
        assertThat(data.path("identity").asString()).isEqualTo(ann.id());
        assertThat(data.path("access").isArray()).isTrue();
        assertThat(data.path("access").isEmpty()).isTrue();
        assertThat(data.path("is_admin").booleanValue()).isFalse();
        long life = data.path("expires").asLong() - Instant.now().getEpochSecond();
        assertThat(life).isBetween(3_500L, 3_600L);
        assertThat(ros.user("GET", ann.id(), token.path("token").asString(), null).status()).isEqualTo(200);
        assertThat(ros.client.get("/permissions", token.path("token").asString()).status()).isEqualTo(200);
        assertThat(ros.client.get("/permissions", ann.refresh()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{}; 400 602; provider",
        "{\"provider\":\"\"}; 400 602; provider",
        "{\"provider\":7}; 400 601; provider",
        "{\"provider\":\"realm\"}; 400 602; data",
        "{\"provider\":\"realm\",\"data\":\"nonsense\"}; 403 614; ''",
        "{\"provider\":\"realm\",\"data\":\"nonsense\",\"path\":\"bad path\"}; 403 614; ''",
        "{\"provider\":\"myspace\"}; 400 601; provider",
        "{\"provider\":\"anonymous\"}; 400 601; provider",
        "{\"provider\":\"custom\"}; 400 601; provider",
        "{\"provider\":\"password\",\"user_info\":{}}; 400 602; username",
        "{\"provider\":\"password\",\"data\":\"a@example.com\"}; 400 602; password",
        "{\"provider\":\"password\",\"data\":\"a@b.de\",\"password\":\"secret1\",\"register\":\"yes\"}; 400 601; register",
        "{\"provider\":\"jwt\"}; 400 602; data",
        "{\"provider\":\"jwt\",\"data\":\"nonsense\"}; 401 611; ''",
        "[]; 400 601; body",
        "{; 400 601; body",
    })
    void checksAreMadeInTheirOrder(String body, String expected, String parameter) {
        Reply reply = ros.client.post("/auth", null, body);
        assertThat(problem(reply)).isEqualTo(expected);
        assertThat(parameter(reply)).isEqualTo(parameter);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.json().path("status").asInt()).isEqualTo(reply.status());
        assertThat(reply.text("type")).startsWith("urn:realm-server:problem:");
    }

    /** Row 6: what SDKs label as text, or not at all, and bodies that are empty. */
    @ParameterizedTest
    @ValueSource(strings = {"text/plain;charset=UTF-8", "application/json", "application/json;charset=utf-8"})
    void bodiesAreReadWhateverTheirLabel(String label) {
        ros.account("label@example.com");
        Reply reply =
                ros.client.raw("POST", "/auth", logIn("label@example.com", PASSWORD).toString(), "Content-Type", label);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(problem(ros.client.raw("POST", "/auth", "", "Content-Type", label))).isEqualTo("400 602");
    }

    /** Row 4: the label of problems is the wish of who asks. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "*/*; application/json",
        "application/json; application/json",
        "application/problem+json, application/json; application/json",
        "application/problem+json, */*; application/problem+json",
    })
    void problemsAreLabelledAsJsonUnlessAskedForOtherwise(String accept, String expected) {
        Reply reply = ros.client.raw("POST", "/auth", "{}", "Accept", accept);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.contentType()).isEqualTo(expected);
    }

    @Test
    void aTokenOfAnIssuerLogsTheSamePersonInAgain() throws JOSEException {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("provider", "jwt")
                .put("data", issuer.sign(issuer.claims("bob", "shop").build()));
        JsonNode first = ros.auth(body).json().path("refresh_token").path("token_data");
        assertThat(first.path("identity").asString()).isNotEmpty();
        assertThat(ros.auth(body).json().path("refresh_token").path("token_data").path("identity"))
                .isEqualTo(first.path("identity"));
    }

    @Test
    void onlyRefreshTokensOfActiveUsersAreRefreshed() {
        Account ann = ros.account("refresh@example.com");
        String user = ros.userToken(ann.refresh()).json().path("user_token").path("token").asString();
        assertThat(problem(ros.userToken(user))).isEqualTo("403 614");
        assertThat(problem(ros.userToken(ros.admin))).isEqualTo("403 614");
        assertThat(problem(ros.userToken(ann.refresh() + "x"))).isEqualTo("403 614");
        ros.user("PATCH", ann.id(), ros.admin, "{\"status\":\"suspended\"}");
        assertThat(problem(ros.userToken(ann.refresh()))).isEqualTo("403 614");
        assertThat(problem(ros.auth(logIn(ann.name(), PASSWORD)))).isEqualTo("403 614");
        assertThat(problem(ros.user("GET", ann.id(), user, null))).isEqualTo("403 614");
        ros.user("PATCH", ann.id(), ros.admin, "{\"status\":\"active\"}");
        assertThat(ros.userToken(ann.refresh()).status()).isEqualTo(200);
    }

    private static Reply revoke(String token, String caller) {
        return ros.client.post("/auth/revoke", caller, "{\"token\":\"" + token + "\"}");
    }

    @Test
    void whatIsRevokedEndsWithItsChainAndCanBeRevokedAgain() {
        Account ann = ros.account("revoke@example.com");
        String user = ros.userToken(ann.refresh()).json().path("user_token").path("token").asString();
        String other = ros.auth(logIn(ann.name(), PASSWORD)).json().path("refresh_token").path("token").asString();
        assertThat(revoke(ann.refresh(), ann.refresh()).body()).isEqualTo("{}");
        assertThat(revoke(ann.refresh(), ann.refresh()).body()).isEqualTo("{}");
        assertThat(problem(ros.userToken(ann.refresh()))).isEqualTo("403 614");
        assertThat(problem(ros.user("GET", ann.id(), user, null))).isEqualTo("403 614");
        assertThat(ros.userToken(other).status()).isEqualTo(200);
        assertThat(revoke(other, ros.admin).body()).isEqualTo("{}");
        assertThat(problem(ros.userToken(other))).isEqualTo("403 614");
    }

    @Test
    void othersRevokeNothing() {
        Account ann = ros.account("mine@example.com");
        Account bob = ros.account("yours@example.com");
        assertThat(problem(revoke(ann.refresh(), bob.refresh()))).isEqualTo("403 614");
        assertThat(problem(ros.client.post("/auth/revoke", null, "{\"token\":\"" + ann.refresh() + "\"}")))
                .isEqualTo("401 611");
        assertThat(problem(revoke("nonsense", ann.refresh()))).isEqualTo("401 611");
        assertThat(problem(ros.client.post("/auth/revoke", ann.refresh(), "{}"))).isEqualTo("400 602");
        assertThat(ros.userToken(ann.refresh()).status()).isEqualTo(200);
    }

    @Test
    void providersAreNotChangedAtRunTime() {
        for (String method : new String[] {"GET", "POST"}) {
            Reply reply = ros.client.send(method, "/auth/providers", ros.admin, method.equals("POST") ? "{}" : null);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text("type")).isEqualTo("urn:realm-server:problem:runtime-config-disabled");
            assertThat(reply.json().has("code")).isFalse();
        }
    }

    @Test
    void whileTheStoreIsAwayNobodyIsToldToLogInAgain() {
        Account ann = ros.account("away@example.com");
        Account bob = ros.account("away2@example.com");
        assertThat(ros.userToken(ann.refresh()).status()).isEqualTo(200);
        ros.core.store().setAway(true);
        try {
            assertThat(ros.userToken(ann.refresh()).status()).isEqualTo(200);
            assertThat(problem(ros.userToken("x" + bob.refresh()))).isEqualTo("403 614");
            assertThat(problem(ros.auth(logIn("nobody2@example.com", PASSWORD)))).isEqualTo("503 802");
        } finally {
            ros.core.store().setAway(false);
        }
    }
}
