// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.login.SigningKeyRing;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.RealmToken;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.domain.token.ServiceTokens;
import org.openros.domain.token.TokenKeys;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Permissions over HTTP, and what gateways are told of them (admin API, sections 3 and 10). */
class PermissionApiTest {
    private static final String APP = "shop";

    @TempDir
    static Path folder;

    private static CoreServicesRunner core;
    private static ApiClient client;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"),
                "--ros.permissions.rules[0].partition=/~/**",
                "--ros.permissions.rules[0].access=admin",
                "--ros.permissions.rules[1].partition=open",
                "--ros.permissions.rules[1].access=write");
        client = new ApiClient(core.url());
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
    }

    @AfterAll
    static void stop() {
        client.close();
        core.close();
    }

    private record Account(String id, String token, String email) {}

    private static Account account(String name) {
        String email = name + "@example.com";
        client.register(APP, email, "secret1");
        JsonNode login = client.logIn(APP, email, "secret1").json();
        return new Account(login.path("user_id").asString(), login.path("access_token").asString(), email);
    }

    private static Reply apply(String token, String condition, String path, String level) {
        return client.post(
                "/permissions/apply?appId=" + APP,
                token,
                "{\"condition\":" + condition + ",\"realmPath\":\"" + path + "\",\"accessLevel\":\"" + level + "\"}");
    }

    private static String userId(String id) {
        return "{\"userId\":\"" + id + "\"}";
    }

    private static Reply authorize(Account account, String partition) {
        String service = core.bean(ServiceTokens.class).issue("gateway");
        return client.post(
                "/internal/v1/realms/authorize",
                service,
                "{\"appId\":\"" + APP + "\",\"accessToken\":\"" + account.token() + "\",\"partition\":\""
                + partition + "\"}");
    }

    private static Set<AccessRight> rights(Account account, String partition) throws Exception {
        Reply reply = authorize(account, partition);
        if (reply.status() == 403) {
            return Set.of();
        }
        RealmToken token = new RealmTokenVerifier(
                        TokenKeys.of(core.bean(SigningKeyRing.class).keys()), Clock.systemUTC())
                .verify(reply.text("realmToken"));
        assertThat(token.userId()).isEqualTo(reply.text("userId")).isEqualTo(account.id());
        assertThat(token.path().value()).isEqualTo(reply.text("path"));
        return token.access();
    }

    @Test
    void theRealmTokenCarriesTheRightsOfTheUser() throws Exception {
        Account ann = account("ann1");
        assertThat(rights(ann, "news1")).isEmpty();
        assertThat(authorize(ann, "news1").text("error")).isNotEmpty();
        assertThat(apply(admin, userId(ann.id()), "news1", "read").body()).isEqualTo("{\"affectedUsers\":1}");
        assertThat(rights(ann, "news1")).containsExactly(AccessRight.READ);
        apply(admin, userId(ann.id()), "news1", "write");
        assertThat(rights(ann, "news1")).containsExactlyInAnyOrder(AccessRight.READ, AccessRight.WRITE);
        apply(admin, userId(ann.id()), "news1", "none");
        assertThat(rights(ann, "news1")).isEmpty();
        assertThat(apply(admin, userId("*"), "news1", "read").body()).isEqualTo("{\"affectedUsers\":-1}");
        assertThat(rights(ann, "news1")).containsExactly(AccessRight.READ);
    }

    @Test
    void gatewaysHearOfEachChange() {
        Account ann = account("ann2");
        long before = authorize(ann, "open").json().path("asOf").asLong();
        apply(admin, userId(ann.id()), "news2", "read");
        String service = core.bean(ServiceTokens.class).issue("gateway");
        JsonNode news = client.get("/internal/v1/access/changes?after=" + before, service).json();
        assertThat(news.path("complete").asBoolean()).isTrue();
        assertThat(news.path("last").asLong()).isEqualTo(before + 1);
        assertThat(news.path("changes").path(0).path("path").asString()).isEqualTo("/shop/news2");
        assertThat(news.path("changes").path(0).path("user").asString()).isEqualTo(ann.id());
        assertThat(client.get("/internal/v1/access/changes", ann.token()).status()).isEqualTo(401);
    }

    @Test
    void whoManagesARealmGivesRightsToItAndOthersDoNot() throws Exception {
        Account ann = account("ann3");
        Account bob = account("bob3");
        assertThat(apply(ann.token(), userId(bob.id()), "/~/list", "read").status()).isEqualTo(200);
        assertThat(rights(bob, "/" + ann.id() + "/list")).containsExactly(AccessRight.READ);
        assertThat(apply(bob.token(), userId(bob.id()), "/" + ann.id() + "/list", "write").json().path("code").asInt())
                .isEqualTo(614);
        apply(ann.token(), "{\"metadataKey\":\"EMAIL\",\"metadataValue\":\"" + bob.email() + "\"}", "/~/list", "admin");
        assertThat(apply(bob.token(), userId("*"), "/" + ann.id() + "/list", "read").status()).isEqualTo(200);
    }

    @Test
    void grantsAreListedForWhomTheyConcern() {
        Account ann = account("ann4");
        Account bob = account("bob4");
        String list = "/" + ann.id() + "/list4";
        apply(ann.token(), userId(ann.id()), "/~/list4", "admin");
        apply(ann.token(), userId(bob.id()), "/~/list4", "write");

        JsonNode own = client.get("/permissions?recipient=undefined", bob.token()).json().path("permissions");
        assertThat(own.valueStream().filter(row -> row.path("path").asString().equals(list))).singleElement()
                .satisfies(row -> {
            assertThat(row.path("userId").asString()).isEqualTo(bob.id());
            assertThat(row.path("accessLevel").asString()).isEqualTo("write");
            assertThat(row.path("updatedAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        });
        JsonNode others = client.get("/permissions?recipient=otherUser", ann.token()).json().path("permissions");
        assertThat(others.valueStream().map(row -> row.path("userId").asString())).containsExactly(bob.id());
        assertThat(client.get("/permissions?recipient=any", ann.token()).json().path("permissions").valueStream()
                        .filter(row -> row.path("path").asString().equals(list)))
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{\"condition\":{},\"realmPath\":\"a\",\"accessLevel\":\"read\"}; 400; 601; condition",
        "{\"condition\":{\"userId\":\"x\",\"metadataKey\":\"email\"},\"realmPath\":\"a\",\"accessLevel\":\"read\"}; 400; 601; condition",
        "{\"condition\":{\"userId\":\"nobody\"},\"realmPath\":\"a\",\"accessLevel\":\"read\"}; 400; 601; condition",
        "{\"condition\":{\"userId\":\"*\"},\"realmPath\":\"a\",\"accessLevel\":\"all\"}; 400; 601; accessLevel",
        "{\"condition\":{\"userId\":\"*\"},\"realmPath\":\"a\"}; 400; 602; accessLevel",
        "{\"condition\":{\"userId\":\"*\"},\"accessLevel\":\"read\"}; 400; 602; realmPath",
        "{\"condition\":{\"userId\":\"*\"},\"realmPath\":\"/~/a\",\"accessLevel\":\"read\"}; 400; 601; realmPath",
        "{\"realmPath\":\"a\",\"accessLevel\":\"read\"}; 400; 602; condition",
        "[]; 400; 601; body",
        "{; 400; 601; body"
    })
    void aBadRequestNamesWhatIsWrong(String body, int status, int code, String parameter) {
        Reply reply = client.post("/permissions/apply?appId=shop", admin, body);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.json().path("code").asInt()).isEqualTo(code);
        assertThat(reply.json().path("invalid_params").path(0).path("name").asString()).isEqualTo(parameter);
        assertThat(reply.text("type")).startsWith("urn:realm-server:problem:");
    }

    @Test
    void onlyGoodTokensAreLetIn() {
        String refresh = client.anonymous(APP).text("refresh_token");
        assertThat(client.get("/permissions", null).json().path("code").asInt()).isEqualTo(611);
        assertThat(client.get("/permissions", "nonsense").status()).isEqualTo(401);
        assertThat(client.get("/permissions", refresh).status()).isEqualTo(200);
        assertThat(client.get("/permissions", admin).json().path("code").asInt()).isEqualTo(602);
        assertThat(client.get("/permissions?appId=__system", admin).status()).isEqualTo(400);
        assertThat(client.get("/permissions?appId=shop", admin).status()).isEqualTo(200);
        assertThat(client.get(ApiClient.API + "/auth/profile", admin).status()).isEqualTo(401);
    }

    @Test
    void tokensComeInThreeForms() {
        String token = client.anonymous(APP).text("access_token");
        for (String header : new String[] {token, "Realm-Access-Token version=1 token=\"" + token + "\""}) {
            assertThat(client.send("GET", "/permissions", null, null, "Authorization", header).status()).isEqualTo(200);
        }
        assertThat(client.send("GET", "/permissions", null, null, "X-Realm-Access-Token", token).status())
                .isEqualTo(200);
    }

    @Test
    void whileNothingCanBeDecidedTheAnswerIsToTryAgain() {
        Account ann = account("ann5");
        core.store().setAway(true);
        try {
            Reply reply = apply(ann.token(), userId("*"), "/~/x", "read");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.json().path("code").asInt()).isEqualTo(802);
            assertThat(authorize(ann, "news5").status()).isEqualTo(503);
        } finally {
            core.store().setAway(false);
        }
    }
}
