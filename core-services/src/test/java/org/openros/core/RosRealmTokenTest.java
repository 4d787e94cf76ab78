// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.RosServer.Account;
import org.openros.core.login.SigningKeyRing;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.domain.token.TokenKeys;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.problem;

/** Tokens for one realm (admin API, section 5.4; row 2 of its acceptance tests). */
class RosRealmTokenTest {
    private static RosServer ros;
    private static Account owner;
    private static Account other;
    private static Account boss;

    @BeforeAll
    static void start(@TempDir Path folder) {
        // With one rule, nothing is allowed but what rules and grants say.
        ros = new RosServer(
                folder, "--ros.permissions.rules[0].partition=/open/**", "--ros.permissions.rules[0].access=read");
        owner = ros.account("owner@example.com");
        other = ros.account("other@example.com");
        boss = ros.account("boss@example.com");
        ros.client.send(
                "PUT",
                "/auth/users",
                ros.admin,
                "{\"provider\":\"password\",\"provider_id\":\"boss@example.com\",\"is_admin\":true}");
        ros.client.get("/realms/files/%2Fteam%2Flist?shouldCreate=true", ros.admin);
        ros.client.get("/realms/files/%2Fteam%2Fref?shouldCreate=true&realmType=reference", ros.admin);
        for (String level : new String[] {"read", "write", "admin"}) {
            ros.client.get("/realms/files/%2Fgranted%2F" + level, ros.admin);
            ros.grant(other.id(), "/granted/" + level, level);
        }
        ros.client.get("/realms/files/%2Fgranted%2Fall", ros.admin);
        ros.grant("*", "/granted/all", "read");
    }

    @AfterAll
    static void stop() {
        ros.close();
    }

    private static Account named(String who) {
        return switch (who) {
            case "boss" -> boss;
            case "owner" -> owner;
            default -> other;
        };
    }

    private static String rights(Reply reply) {
        JsonNode data = reply.json().path("access_token").path("token_data");
        return reply.status() == 200
                ? String.join(" ", data.path("access").valueStream().map(JsonNode::asString).toList())
                : problem(reply);
    }

    @ParameterizedTest
    @CsvSource({
        "boss,  /team/list,                  download upload manage",
        "boss,  /team/ref,                   download upload manage",
        "boss,  /made/by-admin,              download upload manage",
        "boss,  /team/ref/__partial/boss/x,  400 619",
        "owner, /~/new,                      download upload manage",
        "owner, /OWNER/named,                download upload manage",
        "owner, /elsewhere/new,              403 614",
        "owner, /team/list,                  403 614",
        "owner, /team/ref,                   400 619",
        "owner, /team/ref/__partial/OWNER/x, 400 619",
        "owner, /team/ref/__partial/other/x, 403 614",
        "owner, /~/__management,             400 601",
        "owner, /~/.hidden,                  400 601",
        "owner, /~/file.realm,               400 601",
        "other, /OWNER/new2,                 403 614",
        "other, /granted/read,               download",
        "other, /granted/write,              download upload",
        "other, /granted/admin,              download upload manage",
        "other, /granted/all,                download",
        "owner, /granted/all,                download",
        "other, /open/nothing-there,         403 614",
    })
    void aTokenHasTheRightsThatTheUserHas(String who, String path, String expected) {
        assertThat(rights(ros.realmToken(named(who).refresh(), path.replace("OWNER", owner.id())))).isEqualTo(expected);
    }

    @Test
    void whatTheAnswerSaysStandsInTheToken() throws Exception {
        JsonNode token = ros.realmToken(owner.refresh(), "/~/shape").json().path("access_token");
        JsonNode data = token.path("token_data");
        assertThat(data.path("path").asString()).isEqualTo("/" + owner.id() + "/shape");
        assertThat(data.path("sync_label").asString()).isEqualTo("default");
        assertThat(data.path("identity").asString()).isEqualTo(owner.id());
        assertThat(data.path("expires").asLong() - Instant.now().getEpochSecond()).isBetween(500L, 600L);
        var read = new RealmTokenVerifier(TokenKeys.of(ros.core.bean(SigningKeyRing.class).keys()), Clock.systemUTC())
                .verify(token.path("token").asString());
        assertThat(read.userId()).isEqualTo(owner.id());
        assertThat(read.path().value()).isEqualTo("/shop//" + owner.id() + "/shape");
        assertThat(read.access()).hasSize(3);
    }

    @Test
    void aTokenForARealmOpensNothingElse() {
        String token = ros.realmToken(owner.refresh(), "/~/narrow").json().path("access_token").path("token")
                .asString();
        assertThat(problem(ros.client.get("/permissions", token))).isEqualTo("401 611");
        assertThat(problem(ros.user("GET", owner.id(), token, null))).isEqualTo("401 611");
        assertThat(problem(ros.userToken(token))).isEqualTo("403 614");
    }

    @Test
    void rightsToWhatTheUserMadeAreWrittenDownAndThoseOfOthersLastUntilTheyAreTaken() {
        assertThat(ros.realmToken(owner.refresh(), "/~/shared").status()).isEqualTo(200);
        assertThat(ros.client.get("/permissions", owner.refresh()).body()).contains("/" + owner.id() + "/shared");
        ros.grant(other.id(), "/" + owner.id() + "/shared", "read");
        assertThat(rights(ros.realmToken(other.refresh(), "/" + owner.id() + "/shared"))).isEqualTo("download");
        ros.grant(other.id(), "/" + owner.id() + "/shared", "none");
        assertThat(rights(ros.realmToken(other.refresh(), "/" + owner.id() + "/shared"))).isEqualTo("403 614");
    }

    @Test
    void aDeletedRealmIsNotFound() {
        ros.realmToken(owner.refresh(), "/~/gone");
        ros.client.delete("/realms/files/%2F" + owner.id() + "%2Fgone", ros.admin);
        assertThat(rights(ros.realmToken(owner.refresh(), "/~/gone"))).isEqualTo("404 617");
    }

    /** Who was an administrator when the refresh token was made need not be one now. */
    @Test
    void theRecordOfTheUserDecidesWhoAdministers() {
        Account was = ros.account("was@example.com");
        String put = "{\"provider\":\"password\",\"provider_id\":\"was@example.com\",\"is_admin\":%s}";
        ros.client.send("PUT", "/auth/users", ros.admin, put.formatted("true"));
        assertThat(ros.client.get("/realms", was.refresh()).status()).isEqualTo(200);
        assertThat(rights(ros.realmToken(was.refresh(), "/team/list"))).isEqualTo("download upload manage");
        ros.client.send("PUT", "/auth/users", ros.admin, put.formatted("false"));
        assertThat(problem(ros.client.get("/realms", was.refresh()))).isEqualTo("403 614");
        assertThat(rights(ros.realmToken(was.refresh(), "/team/list"))).isEqualTo("403 614");
    }
}
