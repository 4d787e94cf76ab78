// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.RosServer.Account;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.PASSWORD;
import static org.openros.core.RosServer.logIn;
import static org.openros.core.RosServer.parameter;
import static org.openros.core.RosServer.problem;

/** Users over HTTP (admin API, section 6; rows 8 and 12 of its acceptance tests). */
class RosUsersTest {
    private static RosServer ros;

    @BeforeAll
    static void start(@TempDir Path folder) {
        ros = new RosServer(
                folder, "--ros.permissions.rules[0].partition=/open/**", "--ros.permissions.rules[0].access=read");
    }

    @AfterAll
    static void stop() {
        ros.close();
    }

    private static Reply byName(String name, String token) {
        return ros.client.get("/auth/users/password/" + URLEncoder.encode(name, StandardCharsets.UTF_8), token);
    }

    private static Reply put(String more) {
        return ros.client.send("PUT", "/auth/users", ros.admin, "{\"provider\":\"password\"," + more + "}");
    }

    @Test
    void aUserIsToldAsClientsExpectIt() {
        Account ann = ros.account("ann+1@example.com");
        JsonNode user = ros.user("GET", ann.id(), ann.refresh(), null).json();
        assertThat(user.path("user_id").asString()).isEqualTo(ann.id());
        assertThat(user.path("userId").asString()).isEqualTo(ann.id());
        assertThat(user.path("is_admin").booleanValue()).isFalse();
        assertThat(user.path("accounts").toString())
                .isEqualTo("[{\"provider\":\"password\",\"provider_id\":\"ann+1@example.com\"}]");
        assertThat(user.path("metadata").isArray()).isTrue();
        assertThat(user.path("status").asString()).isEqualTo("active");
        assertThat(byName("ann+1@example.com", ann.refresh()).json()).isEqualTo(user);
        assertThat(byName("ANN+1@example.com", ros.admin).json()).isEqualTo(user);
    }

    @Test
    void othersAreNeitherShownNorProbedFor() {
        Account ann = ros.account("ann2@example.com");
        Account bob = ros.account("bob2@example.com");
        assertThat(problem(ros.user("GET", ann.id(), bob.refresh(), null))).isEqualTo("403 614");
        assertThat(problem(ros.user("GET", "0".repeat(24), bob.refresh(), null))).isEqualTo("403 614");
        assertThat(problem(ros.user("GET", "0".repeat(24), ros.admin, null))).isEqualTo("404 612");
        Reply foreign = byName(ann.name(), bob.refresh());
        Reply unknown = byName("nobody@example.com", bob.refresh());
        assertThat(problem(foreign)).isEqualTo("404 612");
        assertThat(unknown.body()).isEqualTo(foreign.body());
        assertThat(problem(ros.user("GET", ann.id(), null, null))).isEqualTo("401 611");
    }

    @Test
    void administratorsMakeUsersWithIdsAndNotesOfTheirOwn() {
        Reply made = put("\"provider_id\":\"carl@example.com\",\"user_id\":\"Carl~1\","
                + "\"metadata\":{\"team\":\"north\",\"age\":7,\"ok\":true}");
        assertThat(made.json().path("user_id").asString()).isEqualTo("Carl~1");
        assertThat(made.json().path("metadata").toString())
                .contains("{\"key\":\"age\",\"value\":\"7\"}", "{\"key\":\"ok\",\"value\":\"true\"}")
                .contains("{\"key\":\"team\",\"value\":\"north\"}");
        assertThat(put("\"provider_id\":\"carl@example.com\",\"is_admin\":true").json().path("metadata").toString())
                .contains("north");
        assertThat(put("\"provider_id\":\"carl@example.com\",\"metadata\":{\"team\":\"south\"}").json().toString())
                .contains("south", "\"is_admin\":true")
                .doesNotContain("age");
        assertThat(ros.client.send("PUT", "/auth/password", ros.admin,
                                "{\"user_id\":\"Carl~1\",\"data\":{\"new_password\":\"secret1\"}}")
                        .body())
                .isEqualTo("{}");
        JsonNode login = ros.auth(logIn("carl@example.com", PASSWORD)).json().path("refresh_token").path("token_data");
        assertThat(login.path("identity").asString()).isEqualTo("Carl~1");
        assertThat(login.path("is_admin").booleanValue()).isTrue();
    }

    /** Row 8. */
    @Test
    void idsThatDifferInCaseOnlyAreRefused() {
        put("\"provider_id\":\"case1@example.com\",\"user_id\":\"SameName\"");
        assertThat(parameter(put("\"provider_id\":\"case2@example.com\",\"user_id\":\"samename\"")))
                .isEqualTo("user_id");
        assertThat(parameter(put("\"provider_id\":\"case2@example.com\",\"user_id\":\"SAMENAME\"")))
                .isEqualTo("user_id");
        put("\"provider_id\":\"case3@example.com\",\"user_id\":\"lower\"");
        assertThat(parameter(put("\"provider_id\":\"case4@example.com\",\"user_id\":\"LOWER\""))).isEqualTo("user_id");
        ros.user("DELETE", "SameName", ros.admin, null);
        assertThat(put("\"provider_id\":\"case2@example.com\",\"user_id\":\"samename\"").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "\"x\":1; 400 602; provider_id",
        "\"provider_id\":\"bad@example.com\",\"user_id\":\"__me\"; 400 601; user_id",
        "\"provider_id\":\"bad@example.com\",\"user_id\":\"a/b\"; 400 601; user_id",
        "\"provider_id\":\"bad@example.com\",\"user_id\":\"svc:me\"; 400 601; user_id",
        "\"provider_id\":\"bad@example.com\",\"user_id\":\"..\"; 400 601; user_id",
        "\"provider_id\":\"bad@example.com\",\"is_admin\":\"yes\"; 400 601; is_admin",
        "\"provider_id\":\"bad@example.com\",\"metadata\":[]; 400 601; metadata",
        "\"provider_id\":\"bad@example.com\",\"metadata\":{\"a\":{}}; 400 601; metadata",
        "\"provider_id\":\"   \"; 400 601; provider_id",
    })
    void badUsersAreRefused(String body, String expected, String parameter) {
        Reply reply = put(body);
        assertThat(problem(reply)).isEqualTo(expected);
        assertThat(parameter(reply)).isEqualTo(parameter);
    }

    @Test
    void anAccountStaysWithItsUser() {
        Account ann = ros.account("ann3@example.com");
        assertThat(parameter(put("\"provider_id\":\"ann3@example.com\",\"user_id\":\"another\""))).isEqualTo("user_id");
        assertThat(put("\"provider_id\":\"ann3@example.com\",\"user_id\":\"" + ann.id() + "\"").status())
                .isEqualTo(200);
    }

    @Test
    void onlyAdministratorsChangeUsers() {
        Account ann = ros.account("ann4@example.com");
        String body = "{\"provider\":\"password\",\"provider_id\":\"ann4@example.com\",\"is_admin\":true}";
        assertThat(problem(ros.client.send("PUT", "/auth/users", ann.refresh(), body))).isEqualTo("403 614");
        assertThat(problem(ros.user("PATCH", ann.id(), ann.refresh(), "{\"status\":\"active\"}"))).isEqualTo("403 614");
        assertThat(problem(ros.user("PATCH", ann.id(), ros.admin, "{\"status\":\"gone\"}"))).isEqualTo("400 601");
        assertThat(problem(ros.user("PATCH", ann.id(), ros.admin, "{}"))).isEqualTo("400 602");
        assertThat(problem(ros.user("PATCH", "0".repeat(24), ros.admin, "{\"status\":\"active\"}")))
                .isEqualTo("404 618");
        assertThat(ros.user("PATCH", ann.id(), ros.admin, "{\"status\":\"suspended\"}").text("status"))
                .isEqualTo("suspended");
    }

    @Test
    void usersAreListedAndSearchedForAPartAtATime(@TempDir Path folder) {
        try (RosServer own = new RosServer(folder)) {
            for (String name : new String[] {"ada", "adam", "bea", "adele"}) {
                own.account(name + "@example.com");
            }
            JsonNode first = own.client.get("/auth/users?limit=3", own.admin).json();
            assertThat(first.path("users").size()).isEqualTo(3);
            JsonNode rest =
                    own.client.get("/auth/users?limit=3&after=" + first.path("next").asString(), own.admin).json();
            assertThat(rest.path("users").size()).isEqualTo(1);
            assertThat(rest.path("next").isNull()).isTrue();
            assertThat(own.client.get("/auth/users?search=ADA", own.admin).json().path("users").valueStream()
                            .map(user -> user.path("accounts").path(0).path("provider_id").asString()))
                    .containsExactly("ada@example.com", "adam@example.com");
            Account ann = own.account("ann@example.com");
            assertThat(problem(own.client.get("/auth/users", ann.refresh()))).isEqualTo("403 614");
        }
    }

    /** Row 12. */
    @Test
    void aDeletedUserCannotLogInAndHasNoRightsAndNoRealms() {
        Account ann = ros.account("ann5@example.com");
        Account bob = ros.account("bob5@example.com");
        ros.realmToken(ann.refresh(), "/~/diary");
        ros.grant(ann.id(), "/team/five", "write");
        assertThat(problem(ros.user("DELETE", ann.id(), bob.refresh(), null))).isEqualTo("403 614");
        assertThat(ros.user("DELETE", ann.id(), ann.refresh(), null).body()).isEqualTo("{}");
        assertThat(problem(ros.userToken(ann.refresh()))).isEqualTo("403 614");
        assertThat(problem(ros.auth(logIn(ann.name(), PASSWORD)))).isEqualTo("401 611");
        assertThat(problem(ros.user("GET", ann.id(), ros.admin, null))).isEqualTo("404 612");
        assertThat(problem(ros.user("DELETE", ann.id(), ros.admin, null))).isEqualTo("404 618");
        assertThat(ros.client.get("/realms?prefix=/" + ann.id(), ros.admin).body())
                .contains("diary", "\"state\":\"deleted\"");
        Account again = ros.account("ann5@example.com");
        assertThat(again.id()).isNotEqualTo(ann.id());
        assertThat(ros.client.delete("/auth/user/" + again.id(), again.refresh()).body()).isEqualTo("{}");
    }

    @Test
    void anOfferOfAnAdministratorIsWorthNothingOnceTheUserAdministersNoLonger() {
        Account boss = ros.account("offer-boss@example.com");
        Account ann = ros.account("offer-ann@example.com");
        Account ben = ros.account("offer-ben@example.com");
        put("\"provider_id\":\"offer-boss@example.com\",\"is_admin\":true");
        put("\"provider_id\":\"offer-other@example.com\",\"is_admin\":true");
        String body = "{\"realmPath\":\"/offered/3\",\"accessLevel\":\"read\",\"expiresAt\":null}";
        JsonNode offer = ros.client.post("/permissions/offers", boss.refresh(), body).json();
        assertThat(offer.path("userId").asString()).isEqualTo(boss.id());
        String accept = "/permissions/offers/" + offer.path("token").asString() + "/accept";
        assertThat(ros.client.post(accept, ann.refresh(), "").status()).isEqualTo(200);

        put("\"provider_id\":\"offer-boss@example.com\",\"is_admin\":false");
        Reply late = ros.client.post(accept, ben.refresh(), "");
        assertThat(problem(late)).isEqualTo("400 601");
        assertThat(parameter(late)).isEqualTo("token");
    }

    @Test
    void theLastAdministratorStays(@TempDir Path folder) {
        try (RosServer own = new RosServer(folder)) {
            Account boss = own.account("boss@example.com");
            String put = "{\"provider\":\"password\",\"provider_id\":\"%s\",\"is_admin\":%s}";
            own.client.send("PUT", "/auth/users", own.admin, put.formatted("boss@example.com", true));
            assertThat(problem(own.user("DELETE", boss.id(), own.admin, null))).isEqualTo("403 614");
            assertThat(problem(own.client.send(
                            "PUT", "/auth/users", own.admin, put.formatted("boss@example.com", false))))
                    .isEqualTo("403 614");
            own.client.send("PUT", "/auth/users", own.admin, put.formatted("second@example.com", true));
            assertThat(own.user("DELETE", boss.id(), own.admin, null).status()).isEqualTo(200);
        }
    }
}
