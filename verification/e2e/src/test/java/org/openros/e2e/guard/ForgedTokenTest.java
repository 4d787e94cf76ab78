// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.chaos.client.Wire;
import org.openros.e2e.guard.Door.Answer;
import org.openros.e2e.guard.Door.User;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.SharedServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Forged tokens open nothing, at whichever interface they are shown, and a good one opens each of them. */
class ForgedTokenTest {
    private static final String APP = "guarded-app";
    private static final String OTHER_APP = "another-app";
    private static final int BAD_TOKEN = 4001;

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    private static Door door;
    private static Door otherApp;
    private static Forger forger;

    @BeforeAll
    static void start() {
        door = new Door(SERVER.url(), APP);
        otherApp = new Door(SERVER.url(), OTHER_APP);
        forger = new Forger(SERVER.data());
    }

    @AfterAll
    static void stop() {
        door.close();
        otherApp.close();
    }

    private static boolean connects(Door where, String token) throws IOException {
        try (SyncSocket socket = where.sync(token)) {
            return socket.isServed();
        } catch (Wire.EndedException e) {
            assertThat(e.status()).isEqualTo(BAD_TOKEN);
            return false;
        } catch (WebSocketHandshakeException e) {
            assertThat(e.getResponse().statusCode()).isEqualTo(401);
            return false;
        }
    }

    private static Map<String, Answer> callsWithAccessToken(String token) {
        return Map.of(
                "profile", door.sdk("GET", "/auth/profile", token, null),
                "function",
                door.sdk("POST", "/app/" + APP + "/functions/call", token, "{\"name\":\"whoami\",\"arguments\":[]}"),
                "permissions", door.get("/permissions", token),
                "directory", door.get("/realms/files/plain?shouldCreate=false", token));
    }

    private static Map<String, Answer> callsWithRefreshToken(String token) {
        return Map.of(
                "keys", door.sdk("GET", "/auth/api_keys", token, null),
                "refresh", door.sdk("POST", "/auth/session", token, ""),
                "permissions", door.get("/permissions", token));
    }

    private static List<Answer> callsOfAdministrators(String token) {
        List<Answer> answers = new ArrayList<>();
        for (String path : List.of("/users", "/realms", "/config", "/keys", "/realms/plain/objects/Item",
                "/sessions")) {
            answers.add(door.get("/admin/v1" + path, token));
        }
        answers.add(door.get("/realms", token));
        return answers;
    }

    private static void assertRefused(String what, Map<String, Answer> answers) {
        answers.forEach((call, answer) -> assertThat(answer.error())
                .as(what + " at " + call + ": " + answer)
                .isIn("401 InvalidSession", "401 611"));
    }

    @Test
    void forgedAccessTokensOpenNothing() throws IOException {
        User user = door.logInAnonymously();
        String good = forger.copy(user.access());
        callsWithAccessToken(good).forEach((call, answer) -> assertThat(answer.status()).as(call).isEqualTo(200));
        assertThat(connects(door, good)).isTrue();

        for (Map.Entry<String, String> forged : forger.forgeries(user.access()).entrySet()) {
            assertRefused(forged.getKey(), callsWithAccessToken(forged.getValue()));
            assertThat(connects(door, forged.getValue())).as(forged.getKey()).isFalse();
        }
    }

    @Test
    void forgedRefreshTokensRefreshNothing() {
        User user = door.logInAnonymously();
        callsWithRefreshToken(forger.copy(user.refresh()))
                .forEach((call, answer) -> assertThat(answer.status()).as(call).isIn(200, 201));

        forger.forgeries(user.refresh()).forEach((what, token) -> {
            assertRefused(what, callsWithRefreshToken(token));
            Answer renewed = door.post("/auth", null, "{\"provider\": \"realm\", \"data\": \"" + token + "\"}");
            assertThat(renewed.error()).as(what).isEqualTo("403 614");
        });
    }

    @Test
    void forgedTokensOfAdministratorsAndGoodOnesOfUsersAdministerNothing() {
        String admin = AdminClient.token(SERVER.data());
        assertThat(callsOfAdministrators(forger.copy(admin)).getFirst().status()).isEqualTo(200);

        Map<String, String> forged = forger.forgeries(admin);
        // It has no audience that could be another's.
        forged.remove("other audience");
        User user = door.logInAnonymously();
        forged.put("a user's access token", user.access());
        forged.put("a user's refresh token", user.refresh());
        forged.forEach((what, token) -> assertThat(callsOfAdministrators(token))
                .as(what)
                .extracting(Answer::error)
                .isSubsetOf("401 611", "403 614"));
    }

    @Test
    void oneKindOfTokenNeverStandsInForAnotherAndOneAppNotForAnother() throws IOException {
        User user = door.logInAnonymously();
        assertThat(connects(door, user.refresh())).isFalse();
        assertThat(connects(door, AdminClient.token(SERVER.data()))).isFalse();
        assertThat(connects(otherApp, user.access())).isFalse();
        assertThat(connects(otherApp, otherApp.logInAnonymously().access())).isTrue();
        assertThat(door.sdk("GET", "/auth/profile", user.refresh(), null).error()).isEqualTo("401 InvalidSession");
        assertThat(door.sdk("POST", "/auth/session", user.access(), "").error()).isEqualTo("401 InvalidSession");
        assertThat(door.sdk("GET", "/auth/api_keys", user.access(), null).error()).isEqualTo("401 InvalidSession");

        String realm = door.post("/auth", null, """
                        {"provider": "realm", "data": "%s", "path": "plain"}""".formatted(user.refresh()))
                .json().path("access_token").path("token").asString();
        assertThat(realm).isNotEmpty();
        assertThat(connects(door, realm)).isFalse();
        assertThat(door.get("/permissions", realm).error()).isEqualTo("401 611");
        assertThat(door.sdk("GET", "/auth/profile", realm, null).error()).isEqualTo("401 InvalidSession");
    }
}
