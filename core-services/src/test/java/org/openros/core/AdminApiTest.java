// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The administrators' interface over HTTP (admin API, section 15). */
class AdminApiTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String V1 = "/admin/v1";

    @TempDir
    static Path folder;

    private static CoreServicesRunner core;
    private static ApiClient client;
    private static HttpClient http;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.apps=shop",
                "--ros.audit.file=" + folder.resolve("audit.jsonl"),
                "--spring.mail.password=of-the-mail-server",
                "--ros.auth.email.base-url=https://somebody:of-the-proxy@sync.example.com",
                "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        client = new ApiClient(core.url());
        http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
    }

    @AfterAll
    static void stop() {
        http.close();
        client.close();
        core.close();
    }

    private static HttpResponse<String> call(
            @Nullable String token, String method, String path, @Nullable String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(core.url() + V1 + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> response = call(admin, "GET", path, null);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response);
    }

    private static int code(HttpResponse<String> response) {
        return json(response).path("code").asInt(0);
    }

    private static String tag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElse("none");
    }

    private static String newUser(String address) throws Exception {
        HttpResponse<String> made = call(admin, "POST", "/users",
                "{\"providerId\":\"" + address + "\",\"password\":\"a password\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = json(made).path("id").asString();
        assertThat(made.headers().firstValue("Location")).hasValue(V1 + "/users/" + id);
        return id;
    }

    private static String issue(String role) throws Exception {
        HttpResponse<String> issued = call(admin, "POST", "/service-tokens",
                "{\"name\":\"of a test\",\"role\":\"" + role + "\",\"ttl\":\"1h\"}");
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        return json(issued).path("token").asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/system", "/users", "/realms", "/keys", "/config", "/nothing", ""})
    void nobodyGetsInWithoutTheTokenOfAnAdministrator(String path) throws Exception {
        String user = client.anonymous("shop").text("access_token");
        String service = core.bean(ServiceTokens.class).issue("gateway");
        for (String token : new String[] {null, user, service, "x", admin + "x"}) {
            HttpResponse<String> refused = call(token, "GET", path, null);
            assertThat(refused.statusCode()).as("%s", token).isEqualTo(401);
            assertThat(code(refused)).isEqualTo(611);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @Test
    void errorsAreLabelledAsTheCallerWants() throws Exception {
        assertThat(call(admin, "GET", "/users/x", null, "Accept", "application/json").headers()
                .firstValue("Content-Type"))
                .hasValue("application/json");
        assertThat(call(admin, "GET", "/users/x", null).headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void aRouteThatNobodyNamedIsRefusedToAdministratorsToo() throws Exception {
        assertThat(call(admin, "GET", "/nothing", null).statusCode()).isEqualTo(403);
        assertThat(call(admin, "DELETE", "/users", null).statusCode()).isEqualTo(403);
    }

    @Test
    void aUserThatAnAdministratorMakesCanLogInUntilItIsSuspended() throws Exception {
        String id = newUser("Made@example.com");
        assertThat(client.logIn("shop", "made@example.com", "a password").text("user_id")).isEqualTo(id);
        JsonNode seen = get("/users/" + id);
        assertThat(seen.path("status").asString()).isEqualTo("active");
        assertThat(seen.path("accounts").path(0).path("providerId").asString()).isEqualTo("made@example.com");

        assertThat(json(call(admin, "PATCH", "/users/" + id, "{\"status\":\"suspended\"}")).path("status").asString())
                .isEqualTo("suspended");
        assertThat(client.logIn("shop", "made@example.com", "a password").error()).isEqualTo("401 UserDisabled");
        assertThat(call(admin, "PATCH", "/users/" + id, "{\"status\":\"active\"}").statusCode()).isEqualTo(200);
        assertThat(client.logIn("shop", "made@example.com", "a password").status()).isEqualTo(200);
        assertThat(call(admin, "PATCH", "/users/" + id, "{\"status\":\"gone\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void revokedTokensRefreshNoMoreAndDeletedUsersAreGone() throws Exception {
        String id = newUser("revoked@example.com");
        String refresh = client.logIn("shop", "revoked@example.com", "a password").text("refresh_token");
        assertThat(call(admin, "POST", "/users/" + id + "/revoke-tokens", null).statusCode()).isEqualTo(204);
        assertThat(client.post(ApiClient.API + "/auth/session", refresh, "").status()).isEqualTo(401);
        assertThat(call(admin, "DELETE", "/users/" + id, null).statusCode()).isEqualTo(204);
        assertThat(code(call(admin, "GET", "/users/" + id, null))).isEqualTo(618);
        assertThat(code(call(admin, "DELETE", "/users/" + id, null))).isEqualTo(618);
        assertThat(newUser("revoked@example.com")).isNotEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "1", "{\"providerId\":{}}", ""})
    void aBodyThatIsNoneIsRefused(String body) throws Exception {
        HttpResponse<String> refused = call(admin, "POST", "/users", body);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(code(refused)).isIn(601, 602);
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() throws Exception {
        assertThat(call(admin, "POST", "/users", "{\"providerId\":\"" + "x".repeat(100_000) + "\"}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void anAddressIsTakenOnce() throws Exception {
        newUser("taken@example.com");
        HttpResponse<String> again = call(admin, "POST", "/users",
                "{\"providerId\":\"Taken@example.com \",\"password\":\"a password\"}");
        assertThat(again.statusCode() + " " + code(again)).isEqualTo("400 613");
        assertThat(code(call(admin, "POST", "/users", "{\"providerId\":\"x@example.com\"}"))).isEqualTo(602);
        assertThat(code(call(admin, "POST", "/users", "{\"providerId\":\"x@example.com\",\"password\":\"x\"}")))
                .isEqualTo(601);
    }

    @Test
    void aRequestWithAKeyIsDoneOnce() throws Exception {
        String body = "{\"providerId\":\"once@example.com\",\"password\":\"a password\"}";
        HttpResponse<String> first = call(admin, "POST", "/users", body, "Idempotency-Key", "key-1");
        HttpResponse<String> second = call(admin, "POST", "/users", body, "Idempotency-Key", "key-1");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(tag(second)).isEqualTo(tag(first));
        assertThat(second.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
        assertThat(call(admin, "POST", "/users", body, "Idempotency-Key", "key-2").statusCode()).isEqualTo(400);
        HttpResponse<String> other =
                call(admin, "POST", "/users", body.replace("once", "twice"), "Idempotency-Key", "key-1");
        assertThat(code(other)).isEqualTo(601);
        assertThat(call(admin, "POST", "/users", body, "Idempotency-Key", "x".repeat(201)).statusCode()).isEqualTo(400);
    }

    @Test
    void aRefusedRequestMayBeSentAgainWithItsKey() throws Exception {
        String id = newUser("again@example.com");
        String body = "{\"providerId\":\"again@example.com\",\"password\":\"a password\"}";
        assertThat(call(admin, "POST", "/users", body, "Idempotency-Key", "key-3").statusCode()).isEqualTo(400);
        call(admin, "DELETE", "/users/" + id, null);
        assertThat(call(admin, "POST", "/users", body, "Idempotency-Key", "key-3").statusCode()).isEqualTo(201);
    }

    @Test
    void aChangeOfSomethingElseThanWhatWasReadIsRefused() throws Exception {
        String id = newUser("tagged@example.com");
        String tag = tag(call(admin, "GET", "/users/" + id, null));
        assertThat(call(admin, "GET", "/users/" + id, null, "If-None-Match", tag).statusCode()).isEqualTo(304);
        HttpResponse<String> changed =
                call(admin, "PATCH", "/users/" + id, "{\"status\":\"suspended\"}", "If-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        HttpResponse<String> stale = call(admin, "PATCH", "/users/" + id, "{\"status\":\"active\"}", "If-Match", tag);
        assertThat(stale.statusCode() + " " + code(stale)).isEqualTo("412 904");
        assertThat(call(admin, "DELETE", "/users/" + id, null, "If-Match", tag).statusCode()).isEqualTo(412);
        assertThat(call(admin, "DELETE", "/users/" + id, null, "If-Match", tag(changed)).statusCode()).isEqualTo(204);
    }

    @Test
    void usersAreFoundByWhatTheirIdOrAddressBeginsWith() throws Exception {
        String one = newUser("search-1@example.com");
        String two = newUser("search-2@example.com");
        assertThat(ids(get("/users?search=SEARCH-"))).containsExactly(one, two);
        assertThat(ids(get("/users?search=search-1@example.com"))).containsExactly(one);
        assertThat(ids(get("/users?search=" + one))).containsExactly(one);
        assertThat(ids(get("/users?search=" + one.substring(0, 20)))).contains(one);
        call(admin, "PATCH", "/users/" + two, "{\"status\":\"suspended\"}");
        assertThat(ids(get("/users?search=search-&status=suspended"))).containsExactly(two);
        assertThat(ids(get("/users?search=search-&provider=api-key"))).isEmpty();
        assertThat(call(admin, "GET", "/users?provider=x", null).statusCode()).isEqualTo(400);
    }

    private static List<String> ids(JsonNode page) {
        return page.path("items").valueStream().map(user -> user.path("id").asString()).toList();
    }

    @Test
    void aListIsReadPageByPageWithoutGapOrRepetition() throws Exception {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            made.add(newUser("paged-" + i + "@example.com"));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get("/users?limit=2" + cursor);
            assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
            seen.addAll(ids(page));
            cursor = page.path("nextCursor").isNull() ? "" : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertThat(seen).doesNotHaveDuplicates().containsAll(made);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/users?limit=0", "/users?limit=501", "/users?limit=x", "/users?cursor=%7B",
            "/trash?limit=-1"})
    void aBadPageIsRefused(String path) throws Exception {
        HttpResponse<String> refused = call(admin, "GET", path, null);
        assertThat(refused.statusCode() + " " + code(refused)).as(refused.body()).isEqualTo("400 601");
    }

    @Test
    void realmsAreMadeChangedDeletedAndRestored() throws Exception {
        HttpResponse<String> made = call(admin, "POST", "/realms", "{\"path\":\"/club/notes\",\"ownerId\":\"u1\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue(V1 + "/realms/%2Fclub%2Fnotes");
        assertThat(code(call(admin, "POST", "/realms", "{\"path\":\"/club/notes\"}"))).isEqualTo(903);
        JsonNode seen = get("/realms/%2Fclub%2Fnotes");
        assertThat(seen.path("owner").asString() + " " + seen.path("realmType").asString() + " "
                + seen.path("label").asString())
                .isEqualTo("u1 full default");
        assertThat(json(call(admin, "PUT", "/realms/%2Fclub%2Fnotes", "{\"realmType\":\"reference\"}"))
                        .path("realmType").asString())
                .isEqualTo("reference");
        assertThat(call(admin, "DELETE", "/realms/%2Fclub%2Fnotes", null, "If-Match", tag(made)).statusCode())
                .isEqualTo(412);
        assertThat(call(admin, "DELETE", "/realms/%2Fclub%2Fnotes", null).statusCode()).isEqualTo(204);
        assertThat(code(call(admin, "GET", "/realms/%2Fclub%2Fnotes", null))).isEqualTo(617);

        JsonNode trashed = get("/trash?limit=500").path("items").valueStream()
                .filter(realm -> realm.path("path").asString().equals("/club/notes"))
                .findFirst()
                .orElseThrow();
        String restore = "/trash/" + trashed.path("trashId").asString() + "/restore";
        assertThat(call(admin, "POST", restore, null).statusCode()).isEqualTo(200);
        assertThat(get("/realms/%2Fclub%2Fnotes").path("state").asString()).isEqualTo("active");
        assertThat(code(call(admin, "POST", restore, null))).isEqualTo(906);
    }

    private static JsonNode awaitEnd(HttpResponse<String> begun) {
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        String job = "/jobs/" + json(begun).path("jobId").asString();
        return await().atMost(Duration.ofSeconds(20)).until(() -> get(job), found -> found.has("endedAt"));
    }

    @Test
    void aRealmIsMovedByAJob() throws Exception {
        call(admin, "PUT", "/realms/movable", "{}");
        JsonNode job = awaitEnd(call(admin, "POST", "/realms/movable/move", "{\"toLabel\":\"default\"}"));
        assertThat(job.path("state").asString() + " " + job.path("target").asString())
                .isEqualTo("succeeded /shop/movable default");
        assertThat(code(call(admin, "POST", "/realms/movable/move", "{\"toLabel\":\"nowhere\"}"))).isEqualTo(601);
        assertThat(code(call(admin, "POST", "/realms/unmovable/move", "{\"toLabel\":\"default\"}"))).isEqualTo(617);
    }

    /** There is no worker here. */
    @Test
    void aRealmWhoseGroupIsAwayLeavesTheTrashAndTheJobSaysWhatComes() throws Exception {
        call(admin, "PUT", "/realms/garbage", "{}");
        call(admin, "DELETE", "/realms/garbage", null);
        JsonNode trashed = get("/trash?limit=500").path("items").valueStream()
                .filter(realm -> realm.path("path").asString().equals("garbage"))
                .findFirst()
                .orElseThrow();
        String path = "/trash/" + trashed.path("trashId").asString();
        JsonNode job = awaitEnd(call(admin, "DELETE", path, null));
        assertThat(job.path("state").asString()).isEqualTo("failed");
        assertThat(job.path("error").asString()).contains("when the group is back");
        assertThat(code(call(admin, "DELETE", path, null))).isEqualTo(906);
    }

    @Test
    void realmsAreListedByOwnerAndPrefix() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            assertThat(call(admin, "PUT", "/realms/list%2F" + name,
                    "{\"ownerId\":\"" + (name.equals("b") ? "u2" : "u1") + "\"}")
                            .statusCode())
                    .isEqualTo(201);
        }
        assertThat(paths(get("/realms?prefix=list/"))).containsExactly("list/a", "list/b", "list/c");
        assertThat(paths(get("/realms?prefix=list/&owner=u1"))).containsExactly("list/a", "list/c");
        JsonNode page = get("/realms?prefix=list/&owner=u1&limit=1");
        assertThat(paths(page)).containsExactly("list/a");
        assertThat(paths(get("/realms?prefix=list/&owner=u1&limit=1&cursor=" + page.path("nextCursor").asString())))
                .containsExactly("list/c");
        assertThat(paths(get("/realms?prefix=list/&label=elsewhere"))).isEmpty();
    }

    private static List<String> paths(JsonNode page) {
        return page.path("items").valueStream().map(realm -> realm.path("path").asString()).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "%2F__admin, 403",
        "%2Fa%2F..%2Fb, 404",
        "%252Fa, 404"
    })
    void realmsOfTheServerAndBadNamesAreOutOfReach(String name, int status) throws Exception {
        assertThat(call(admin, "DELETE", "/realms/" + name, null).statusCode()).isIn(status, 400);
    }

    @Test
    void rightsAreGivenListedAndTaken() throws Exception {
        String user = newUser("granted@example.com");
        call(admin, "PUT", "/realms/rights", "{}");
        HttpResponse<String> given =
                call(admin, "PUT", "/realms/rights/permissions/" + user, "{\"accessLevel\":\"write\"}");
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(call(admin, "PUT", "/realms/rights/permissions/*", "{\"accessLevel\":\"read\"}").statusCode())
                .isEqualTo(200);
        JsonNode all = get("/realms/rights/permissions").path("items");
        assertThat(all.size()).isEqualTo(2);
        assertThat(all.path(0).path("userId").isNull()).isTrue();
        assertThat(all.path(1).path("accessLevel").asString()).isEqualTo("write");
        JsonNode first = get("/realms/rights/permissions?limit=1");
        assertThat(get("/realms/rights/permissions?limit=1&cursor=" + first.path("nextCursor").asString())
                        .path("items").path(0).path("userId").asString())
                .isEqualTo(user);
        assertThat(get("/users/" + user + "/permissions").path("items").path(0).path("path").asString())
                .isEqualTo("rights");
        assertThat(call(admin, "DELETE", "/realms/rights/permissions/" + user, null, "If-Match", "\"x\"").statusCode())
                .isEqualTo(412);
        assertThat(call(admin, "DELETE", "/realms/rights/permissions/" + user, null).statusCode()).isEqualTo(204);
        assertThat(code(call(admin, "GET", "/realms/rights/permissions/" + user, null))).isEqualTo(906);
        assertThat(code(call(admin, "PUT", "/realms/rights/permissions/nobody", "{\"accessLevel\":\"read\"}")))
                .isEqualTo(618);
        assertThat(code(call(admin, "PUT", "/realms/rights/permissions/*", "{\"accessLevel\":\"all\"}")))
                .isEqualTo(601);
    }

    @Test
    void aTokenIsGoodForItsRoleUntilItIsRevoked() throws Exception {
        String auditor = issue("auditor");
        String operator = issue("operator");
        String second = issue("admin");
        String id = newUser("audited@example.com");
        assertThat(call(second, "GET", "/users/" + id, null).statusCode()).isEqualTo(200);
        assertThat(call(second, "GET", "/config", null).body()).isNotEmpty();
        HttpResponse<String> seen = call(auditor, "GET", "/users/" + id, null);
        assertThat(seen.statusCode()).isEqualTo(200);
        assertThat(seen.body()).doesNotContain("audited@example.com");
        assertThat(json(call(auditor, "GET", "/users?search=" + id, null)).path("items").size()).isEqualTo(1);
        assertThat(json(call(auditor, "GET", "/users?search=audited@", null)).path("items").size()).isZero();
        assertThat(call(auditor, "DELETE", "/users/" + id, null).statusCode()).isEqualTo(403);
        assertThat(call(operator, "GET", "/users/" + id, null).statusCode()).isEqualTo(403);
        assertThat(call(operator, "GET", "/system", null).statusCode()).isEqualTo(200);
        assertThat(client.get("/realms", second).status()).isEqualTo(200);
        assertThat(client.get("/realms", operator).status()).isEqualTo(403);

        JsonNode inspected = json(call(admin, "POST", "/tokens/inspect", "{\"token\":\"" + second + "\"}"));
        assertThat(inspected.path("valid").asBoolean()).isTrue();
        assertThat(get("/service-tokens?limit=500").toString()).contains(inspected.path("id").asString())
                .doesNotContain(second);
        assertThat(call(admin, "DELETE", "/service-tokens/" + inspected.path("id").asString(), null).statusCode())
                .isEqualTo(204);
        assertThat(call(second, "GET", "/users/" + id, null).statusCode()).isEqualTo(401);
        assertThat(client.get("/realms", second).status()).isEqualTo(401);
        assertThat(code(call(admin, "DELETE", "/service-tokens/" + inspected.path("id").asString(), null)))
                .isEqualTo(906);
    }

    @ParameterizedTest
    @CsvSource({"'', admin, 1h, 602", "x, king, 1h, 601", "x, admin, 1s, 601", "x, admin, soon, 601",
            "__admin, admin, 1h, 601"})
    void aTokenNeedsANameARoleAndALife(String name, String role, String ttl, int code) throws Exception {
        String body = JSON.createObjectNode().put("name", name).put("role", role).put("ttl", ttl).toString();
        assertThat(code(call(admin, "POST", "/service-tokens", body))).isEqualTo(code);
    }

    @Test
    void keysAreRotatedAndRetiredButNeverTheOneThatSigns() throws Exception {
        String signing = get("/keys").path("items").path(0).path("kid").asString();
        assertThat(call(admin, "DELETE", "/keys/" + signing, null).statusCode()).isEqualTo(409);
        JsonNode rotated = json(call(admin, "POST", "/keys/rotate", null)).path("items");
        assertThat(rotated.path(0).path("state").asString()).isEqualTo("settling");
        assertThat(rotated.path(1).path("kid").asString()).isEqualTo(signing);
        assertThat(rotated.path(1).path("state").asString()).isEqualTo("signing");
        assertThat(call(admin, "DELETE", "/keys/" + rotated.path(0).path("kid").asString(), null).statusCode())
                .isEqualTo(409);
        assertThat(call(admin, "DELETE", "/keys/none", null).statusCode()).isEqualTo(404);
        assertThat(call(admin, "GET", "/system", null).statusCode()).isEqualTo(200);
    }

    @Test
    void settingsAreShownWithoutSecrets() throws Exception {
        String all = call(admin, "GET", "/config", null).body();
        assertThat(all).contains("ros.apps")
                .doesNotContain(CoreServicesRunner.SECRET, "of-the-mail-server", "of-the-proxy");
        assertThat(get("/config").path("items").valueStream()
                        .filter(setting -> setting.path("key").asString().equals("ros.internal.secret"))
                        .map(setting -> setting.path("value").asString()))
                .containsExactly("******");
    }

    @Test
    void theSystemTellsWhatItNeeds() throws Exception {
        JsonNode system = get("/system");
        assertThat(system.path("ready").asBoolean()).isTrue();
        assertThat(system.path("activeDirectory").isBoolean()).isTrue();
        assertThat(system.path("groups").path(0).path("label").asString()).isEqualTo("default");
    }

    @Test
    void changesAreToldInTheAuditLogWithWhoMadeThem() throws Exception {
        String id = newUser("told-of@example.com");
        call(admin, "PATCH", "/users/" + id, "{\"status\":\"suspended\"}");
        call(admin, "PUT", "/realms/told", "{}");
        call(admin, "PUT", "/realms/told/permissions/*", "{\"accessLevel\":\"read\"}");
        call(admin, "DELETE", "/realms/told", null);
        List<JsonNode> lines = Files.readAllLines(folder.resolve("audit.jsonl")).stream().map(JSON::readTree).toList();
        assertThat(lines.stream()
                        .filter(line -> line.path("user").asString("").equals(id)
                                || line.path("realm").asString("").equals("/shop/told"))
                        .map(line -> line.path("event").asString() + " " + line.path("admin").asString() + " "
                                + line.path("outcome").asString()))
                .containsExactly(
                        "create_user __admin done",
                        "set_status __admin done",
                        "create_realm __admin done",
                        "set_permission __admin done",
                        "delete_realm __admin done");
        assertThat(Files.readString(folder.resolve("audit.jsonl"))).doesNotContain("told-of@example.com", admin);
    }

    @Test
    void whileTheStoreIsAwayTheAnswerIsToComeAgain() throws Exception {
        core.store().setAway(true);
        try {
            HttpResponse<String> away = call(admin, "GET", "/users", null);
            assertThat(away.statusCode() + " " + code(away)).isEqualTo("503 802");
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
        } finally {
            core.store().setAway(false);
        }
    }
}
