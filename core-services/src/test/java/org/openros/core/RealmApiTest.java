// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

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
import org.openros.domain.token.ServiceTokens;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Realms and offers over HTTP (admin API, sections 9 and 10.4). */
class RealmApiTest {
    @TempDir
    static Path folder;

    private static CoreServicesRunner core;
    private static ApiClient client;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.apps=shop",
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"),
                "--ros.permissions.rules[0].partition=/~/**",
                "--ros.permissions.rules[0].access=admin");
        client = new ApiClient(core.url());
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
    }

    @AfterAll
    static void stop() {
        client.close();
        core.close();
    }

    private record Visitor(String id, String token) {
        static Visitor next() {
            JsonNode login = client.anonymous("shop").json();
            return new Visitor(login.path("user_id").asString(), login.path("access_token").asString());
        }
    }

    private static Reply find(String token, String name, String query) {
        return client.get("/realms/files/" + name + query, token);
    }

    private static Reply authorize(Visitor visitor, String partition) {
        return client.post(
                "/internal/v1/realms/authorize",
                core.bean(ServiceTokens.class).issue("gateway"),
                "{\"appId\":\"shop\",\"accessToken\":\"" + visitor.token() + "\",\"partition\":\"" + partition + "\"}");
    }

    @Test
    void aRealmIsMadeOnDemandUnderOneNameHoweverItIsWritten() {
        Visitor ann = Visitor.next();
        String name = "%2F" + ann.id() + "%2Fnotes";
        assertThat(find(ann.token(), name, "?shouldCreate=false").body())
                .isEqualTo("{\"path\":\"/" + ann.id()
                        + "/notes\",\"exists\":false,\"realmType\":\"full\",\"syncLabel\":\"\"}");
        assertThat(find(ann.token(), "%2F~%2Fnotes", "").body())
                .isEqualTo("{\"path\":\"/" + ann.id()
                        + "/notes\",\"exists\":true,\"realmType\":\"full\",\"syncLabel\":\"default\"}");
        assertThat(find(ann.token(), name, "?shouldCreate=false").json().path("exists").asBoolean()).isTrue();
        Visitor bob = Visitor.next();
        assertThat(find(bob.token(), name, "").json().path("exists").asBoolean()).isFalse();
        assertThat(find(bob.token(), "%2F" + ann.id() + "%2Fnew", "").json().path("code").asInt()).isEqualTo(614);
        assertThat(find(admin, "anything", "").json().path("exists").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "%2Fa%2F..%2Fb, ''",
        "%2Fa%2F.b, ''",
        "%2Fa%2F, ''",
        "%2Fa%2F__b, ''",
        "%2Fa.realm, ''",
        "%2F~%2Fa, ''",
        "a, ?shouldCreate=maybe",
        "a, ?realmType=partial"
    })
    void aBadNameOrQueryIsRefused(String name, String query) {
        Reply reply = find(admin, name, query);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.contentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/realms/files/%252Fa", "/realms/files/..%2F..%2Finternal", "/internal%2Fv1/status",
            "/realms/%2e%2e/x"})
    void pathsThatAreMadeToDeceiveAreRefused(String path) {
        assertThat(client.get(path, admin).status()).isIn(400, 401, 404);
    }

    @Test
    void aDeletedRealmIsClosedUntilItIsRestored() {
        Visitor ann = Visitor.next();
        String name = "%2F" + ann.id() + "%2Fgone";
        String path = authorize(ann, "/~/gone").text("path");
        assertThat(path).isEqualTo("/shop//" + ann.id() + "/gone");
        assertThat(client.delete("/realms/files/" + name, ann.token()).status()).isEqualTo(403);
        assertThat(client.delete("/realms/files/" + name, admin).body()).isEqualTo("{}");
        assertThat(client.delete("/realms/files/" + name, admin).json().path("code").asInt()).isEqualTo(617);
        assertThat(authorize(ann, "/~/gone").status()).isEqualTo(410);

        JsonNode trashed = client.get("/realms/trash", admin).json().path("realms").path(0);
        assertThat(trashed.path("path").asString()).isEqualTo("/" + ann.id() + "/gone");
        String restore = "{\"id\":\"" + trashed.path("id").asString() + "\"}";
        assertThat(client.post("/realms/trash/restore", ann.token(), restore).status()).isEqualTo(403);
        assertThat(client.post("/realms/trash/restore", admin, restore).status()).isEqualTo(200);
        assertThat(authorize(ann, "/~/gone").status()).isEqualTo(200);
        assertThat(client.delete("/realms/files/%2F__admin", admin).status()).isEqualTo(403);
    }

    @Test
    void aRealmIsPurgedOnlyByAnAdministratorAndOnlyFromTheTrash() {
        assertThat(client.post("/realms/trash/purge", Visitor.next().token(), "{\"id\":\"x\"}").status())
                .isEqualTo(403);
        assertThat(client.post("/realms/trash/purge", admin, "{\"id\":\"x\"}").json().path("code").asInt())
                .isEqualTo(617);
    }

    @Test
    void sizesAreToldOnDemandAsFarAsTheirGroupAnswers() {
        find(admin, "sized", "");
        assertThat(find(admin, "sized", "").json().has("size")).isFalse();
        assertThat(find(admin, "sized", "?size=true").status()).isEqualTo(503);
        JsonNode listed = client.get("/realms?prefix=size&size=true", admin).json().path("realms").path(0);
        assertThat(listed.has("size")).isTrue();
        assertThat(listed.path("size").isNull()).isTrue();
        assertThat(find(admin, "sized", "?size=maybe").status()).isEqualTo(400);
        assertThat(find(admin, "absent", "?shouldCreate=false&size=true").json().path("size").isNull()).isTrue();
    }

    @Test
    void movesAreForAdministratorsAndGoToGroupsThatThereAre() {
        find(admin, "moved", "");
        String move = "{\"realmPath\":\"moved\",\"syncLabel\":\"%s\"}";
        assertThat(client.post("/realms/moves", Visitor.next().token(), move.formatted("default")).status())
                .isEqualTo(403);
        assertThat(client.post("/realms/moves", admin, move.formatted("default")).status()).isEqualTo(400);
        assertThat(client.post("/realms/moves", admin, move.formatted("nowhere")).status()).isEqualTo(400);
        assertThat(client.post("/realms/moves", admin, move.formatted("a b/c")).status()).isEqualTo(400);
        assertThat(client.get("/realms/moves", admin).body()).isEqualTo("{\"moves\":[],\"next\":null}");
        assertThat(client.get("/realms/moves/none", admin).status()).isEqualTo(404);
        assertThat(client.post("/realms/moves/none/cancel", admin, "").status()).isEqualTo(404);
    }

    @Test
    void realmsAreListedForAdministrators() {
        find(admin, "list%2Fa", "?realmType=reference&ownerId=u1");
        find(admin, "list%2Fb", "");
        JsonNode page = client.get("/realms?prefix=list/&limit=1", admin).json();
        assertThat(page.path("realms").path(0).path("realmType").asString()).isEqualTo("reference");
        assertThat(page.path("realms").path(0).path("owner").asString()).isEqualTo("u1");
        assertThat(page.path("next").asString()).isEqualTo("list/a");
        assertThat(client.get("/realms?prefix=list/&after=list/a", admin).json().path("realms").path(0).path("path")
                .asString())
                .isEqualTo("list/b");
        assertThat(client.get("/realms", Visitor.next().token()).status()).isEqualTo(403);
    }

    private static Reply offer(String token, String realm, String expiresAt) {
        return client.post("/permissions/offers", token,
                "{\"realmPath\":\"" + realm + "\",\"accessLevel\":\"read\",\"expiresAt\":" + expiresAt + "}");
    }

    @Test
    void whoAcceptsAnOfferGetsItsRightsAndKeepsThem() {
        Visitor ann = Visitor.next();
        Visitor bob = Visitor.next();
        JsonNode offer = offer(ann.token(), "/~/shared", "null").json();
        String token = offer.path("token").asString();
        assertThat(offer.path("realmPath").asString()).isEqualTo("/" + ann.id() + "/shared");
        assertThat(offer.path("expiresAt").isNull()).isTrue();
        assertThat(authorize(bob, "/" + ann.id() + "/shared").status()).isEqualTo(403);

        Reply accepted = client.post("/permissions/offers/" + token + "/accept", bob.token(), "");
        assertThat(accepted.body()).isEqualTo("{\"path\":\"/" + ann.id() + "/shared\"}");
        assertThat(authorize(bob, "/" + ann.id() + "/shared").status()).isEqualTo(200);
        assertThat(client.get("/permissions/offers", ann.token()).json().path("offers").size()).isEqualTo(1);
        assertThat(client.delete("/permissions/offers/" + token, bob.token()).status()).isEqualTo(403);
        assertThat(client.delete("/permissions/offers/" + token, ann.token()).status()).isEqualTo(200);
        assertThat(client.post("/permissions/offers/" + token + "/accept", bob.token(), "").json().path("code").asInt())
                .isEqualTo(601);
        assertThat(authorize(bob, "/" + ann.id() + "/shared").status()).isEqualTo(200);
    }

    @Test
    void anOfferIsWorthNothingOnceItsMakerManagesTheRealmNoLonger() {
        Visitor ann = Visitor.next();
        Visitor bob = Visitor.next();
        String realm = "{\"condition\":{\"userId\":\"" + ann.id() + "\"},\"realmPath\":\"club\",\"accessLevel\":\"";
        client.post("/permissions/apply", admin, realm + "admin\"}");
        String token = offer(ann.token(), "club", "null").text("token");
        client.post("/permissions/apply", admin, realm + "write\"}");
        assertThat(client.post("/permissions/offers/" + token + "/accept", bob.token(), "").json().path("code").asInt())
                .isEqualTo(601);
        assertThat(offer(ann.token(), "club", "null").json().path("code").asInt()).isEqualTo(614);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"2099-09-10T12:00:00Z\"",
        "\"2099-09-10T12:00:00.123+02:00\"",
        "4092724800000",
        "\"Thu, 10 Sep 2099 12:00:00 GMT\"",
        "\"Thu Sep 10 12:00:00 GMT+02:00 2099\""
    })
    void anEndIsUnderstoodInAllFormsThatClientsSend(String expiresAt) {
        Reply reply = offer(Visitor.next().token(), "/~/timed", expiresAt);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(Instant.parse(reply.text("expiresAt"))).isAfter(Instant.parse("2099-09-10T09:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2001-09-10T12:00:00Z\"", "\"tomorrow\"", "{}"})
    void anEndThatHasPassedOrIsNoneIsRefused(String expiresAt) {
        assertThat(offer(Visitor.next().token(), "/~/timed", expiresAt).json().path("code").asInt()).isEqualTo(601);
    }
}
