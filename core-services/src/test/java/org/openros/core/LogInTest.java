// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.metadata.MetadataTable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class LogInTest {
    private static final String APP = "test-app";
    private static final String PASSWORD = "password1";

    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.auth.password-hashing.parallel=4",
                "--ros.auth.password-hashing.patience=20s");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
    }

    private static Reply registered(String email) {
        assertThat(api.register(APP, email, PASSWORD).status()).isEqualTo(201);
        Reply login = api.logIn(APP, email, PASSWORD);
        assertThat(login.status()).isEqualTo(200);
        return login;
    }

    private static JsonNode profile(Reply login) {
        Reply profile = api.get(API + "/auth/profile", login.text("access_token"));
        assertThat(profile.status()).isEqualTo(200);
        return profile.json();
    }

    @Test
    void logInGivesTheFourStringsThatClientsNeed() {
        Reply login = api.anonymous(APP);
        assertThat(login.text("user_id")).matches("[0-9a-f]{24}");
        assertThat(login.text("device_id")).matches("[0-9a-f]{24}").isNotEqualTo("0".repeat(24));
        assertThat(login.text("access_token")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+").hasSizeLessThan(4096);
        assertThat(login.text("refresh_token")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        assertThat(login.json().has("error")).isFalse();
    }

    @Test
    void tokensCarryAppLogInAndIntegerTimes() throws Exception {
        Reply login = api.anonymous(APP);
        JWTClaimsSet access = SignedJWT.parse(login.text("access_token")).getJWTClaimsSet();
        JWTClaimsSet refresh = SignedJWT.parse(login.text("refresh_token")).getJWTClaimsSet();
        assertThat(access.getAudience()).containsExactly(APP);
        assertThat(access.getClaim("sid")).isEqualTo(refresh.getClaim("sid"));
        assertThat(access.getJWTID()).isNotEqualTo(refresh.getJWTID());
        assertThat(seconds(access)).isEqualTo(30 * 60);
        assertThat(seconds(refresh)).isEqualTo(365 * 24 * 60 * 60);
    }

    private static long seconds(JWTClaimsSet claims) {
        return (claims.getExpirationTime().getTime() - claims.getIssueTime().getTime()) / 1000;
    }

    @Test
    void anonymousLogInsAreDifferentUsers() {
        assertThat(api.anonymous(APP).text("user_id")).isNotEqualTo(api.anonymous(APP).text("user_id"));
    }

    @Test
    void profileNamesTheAnonymousIdentity() {
        JsonNode profile = profile(api.anonymous(APP));
        assertThat(profile.path("identities").size()).isEqualTo(1);
        assertThat(profile.at("/identities/0/provider_type").asString()).isEqualTo("anon-user");
        assertThat(profile.at("/identities/0/id").asString()).matches("[0-9a-f]{24}");
        assertThat(profile.path("data").isObject()).isTrue();
        assertThat(profile.path("type").asString()).isEqualTo("normal");
    }

    @Test
    void emailLogInGivesTheSameUserEachTimeAndANewDevice() {
        Reply first = registered("same@example.com");
        Reply second = api.logIn(APP, "same@example.com", PASSWORD);
        assertThat(second.text("user_id")).isEqualTo(first.text("user_id"));
        assertThat(second.text("device_id")).isNotEqualTo(first.text("device_id"));
        assertThat(profile(second).at("/data/email").asString()).isEqualTo("same@example.com");
        assertThat(profile(second).at("/identities/0/provider_type").asString()).isEqualTo("local-userpass");
    }

    @Test
    void oneAddressIsTwoUsersInTwoApps() {
        Reply here = registered("apps@example.com");
        assertThat(api.logIn("other-app", "apps@example.com", PASSWORD).error()).isEqualTo("401 InvalidPassword");
        assertThat(api.register("other-app", "apps@example.com", "password2").status()).isEqualTo(201);
        assertThat(api.logIn("other-app", "apps@example.com", "password2").text("user_id"))
                .isNotEqualTo(here.text("user_id"));
    }

    @Test
    void spellingOfAnAddressDoesNotMatter() {
        Reply login = registered(" Big@Example.COM ");
        assertThat(api.logIn(APP, "big@example.com", PASSWORD).text("user_id")).isEqualTo(login.text("user_id"));
        assertThat(api.register(APP, "BIG@example.com", PASSWORD).error()).isEqualTo("409 AccountNameInUse");
    }

    @Test
    void awkwardAddressesAndPasswordsAreKeptApart() {
        Reply slash = registered("a/b@example.com");
        assertThat(registered("a/b/c@exämple.com").text("user_id")).isNotEqualTo(slash.text("user_id"));
        assertThat(api.register(APP, "uni@example.com", "pässwörd \ud83d\ude00").status()).isEqualTo(201);
        assertThat(api.logIn(APP, "uni@example.com", "pässwörd \ud83d\ude00").status()).isEqualTo(200);
        assertThat(api.logIn(APP, "uni@example.com", "pässwörd").error()).isEqualTo("401 InvalidPassword");
    }

    @Test
    void wrongPasswordAndUnknownAddressGetTheSameReply() {
        registered("wrong@example.com");
        Reply wrong = api.logIn(APP, "wrong@example.com", "password2");
        Reply unknown = api.logIn(APP, "unknown@example.com", "password2");
        assertThat(wrong).isEqualTo(unknown);
        assertThat(wrong.error()).isEqualTo("401 InvalidPassword");
        assertThat(wrong.text("error")).isEqualTo("invalid username/password");
    }

    @ParameterizedTest
    @CsvSource({"12345, 400 BadRequest", "'', 400 BadRequest", "123456, 201 "})
    void passwordHasSixCharactersOrMore(String password, String outcome) {
        assertThat(api.register(APP, "length" + password + "@example.com", password).error().strip())
                .isEqualTo(outcome.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b", "a\nb"})
    void textThatNamesNoAccountIsRefused(String email) {
        assertThat(api.register(APP, email, PASSWORD).error()).isEqualTo("400 BadRequest");
    }

    @Test
    void veryLongAddressAndPasswordAreRefused() {
        assertThat(api.register(APP, "x".repeat(255), PASSWORD).error()).isEqualTo("400 BadRequest");
        assertThat(api.register(APP, "long@example.com", "x".repeat(1025)).error()).isEqualTo("400 BadRequest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400 BadRequest",
                "{|400 BadRequest",
                "[]|400 BadRequest",
                "null|400 BadRequest",
                "{}|400 MissingParameter",
                "{\"username\":\"x\"}|400 MissingParameter",
                "{\"username\":null,\"password\":\"x\"}|400 MissingParameter",
                "{\"username\":1,\"password\":\"x\"}|400 BadRequest",
                "{\"username\":\"x\",\"password\":[]}|400 BadRequest",
                "{\"username\":\"x\",\"password\":\"y\"} x|400 BadRequest",
                "{\"username\":\"\\ud800\",\"password\":\"y\"}|400 BadRequest"
            })
    void bodiesThatCannotBeUnderstoodAreBadRequests(String body, String error) {
        Reply reply = api.post(ApiClient.providers(APP) + "local-userpass/login", null, body);
        assertThat(reply.error()).isEqualTo(error);
        assertThat(reply.contentType()).isEqualTo("application/json");
    }

    @Test
    void deeplyNestedBodyIsABadRequest() {
        Reply reply = api.post(ApiClient.providers(APP) + "anon-user/login", null, "[".repeat(50_000));
        assertThat(reply.error()).isEqualTo("400 BadRequest");
    }

    @Test
    void unknownKeysAreIgnored() {
        Reply reply = api.post(
                ApiClient.providers(APP) + "anon-user/login",
                null,
                "{\"provider\":\"custom\",\"new\":{\"$numberInt\":\"1\"},\"options\":{\"device\":{\"x\":[1,2]}}}");
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void formIsRefusedWithAHint() throws Exception {
        HttpRequest form = HttpRequest.newBuilder(URI.create(core.url() + ApiClient.providers(APP) + "anon-user/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = http.send(form, HttpResponse.BodyHandlers.ofString());
            assertThat(reply.statusCode()).isEqualTo(400);
            assertThat(reply.body()).contains("application/json");
        }
    }

    @Test
    void hugeBodyIsRefused() {
        String large = "{\"options\":\"" + "x".repeat(64 * 1024) + "\"}";
        Reply reply = api.post(ApiClient.providers(APP) + "anon-user/login", null, large);
        assertThat(reply.error()).isEqualTo("413 BadRequest");
        assertThat(reply.contentType()).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"custom-token", "custom-function", "oauth2-google", "x"})
    void otherProvidersAreNotFound(String provider) {
        assertThat(api.post(ApiClient.providers(APP) + provider + "/login", null, "{}").error())
                .isEqualTo("404 AuthProviderNotFound");
    }

    @Test
    void simultaneousRegistrationsOfOneAddressMakeOneAccount() throws Exception {
        List<Reply> replies = atOnce(8, () -> api.register(APP, "race@example.com", PASSWORD));
        assertThat(replies).extracting(Reply::status).containsOnlyOnce(201);
        assertThat(replies).filteredOn(reply -> reply.status() != 201)
                .extracting(Reply::error).containsOnly("409 AccountNameInUse");
    }

    @Test
    void simultaneousFirstLogInsMakeOneUser() throws Exception {
        api.register(APP, "first@example.com", PASSWORD);
        long before = core.store().count(MetadataTable.USER);
        List<Reply> replies = atOnce(8, () -> api.logIn(APP, "first@example.com", PASSWORD));
        assertThat(replies).extracting(Reply::status).containsOnly(200);
        assertThat(replies.stream().map(reply -> reply.text("user_id")).distinct()).hasSize(1);
        assertThat(core.store().count(MetadataTable.USER)).isEqualTo(before + 1);
    }

    private static List<Reply> atOnce(int count, Callable<Reply> call) throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<Reply>> futures =
                    IntStream.range(0, count).mapToObj(i -> threads.submit(call)).toList();
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> future : futures) {
                replies.add(future.get());
            }
            return replies;
        }
    }

    @Test
    void anonymousUserTakesARegisteredAddressAndStaysTheSameUser() {
        Reply anonymous = api.anonymous(APP);
        api.register(APP, "link@example.com", PASSWORD);
        Reply linked = api.link(APP, anonymous.text("access_token"), "link@example.com", PASSWORD);
        assertThat(linked.status()).isEqualTo(200);
        assertThat(linked.text("user_id")).isEqualTo(anonymous.text("user_id"));
        assertThat(profile(linked).path("identities").size()).isEqualTo(2);
        assertThat(api.logIn(APP, "link@example.com", PASSWORD).text("user_id"))
                .isEqualTo(anonymous.text("user_id"));
    }

    @Test
    void linkingTwiceChangesNothing() {
        Reply anonymous = api.anonymous(APP);
        api.register(APP, "twice@example.com", PASSWORD);
        api.link(APP, anonymous.text("access_token"), "twice@example.com", PASSWORD);
        Reply again = api.link(APP, anonymous.text("access_token"), "twice@example.com", PASSWORD);
        assertThat(again.status()).isEqualTo(200);
        assertThat(profile(again).path("identities").size()).isEqualTo(2);
    }

    @Test
    void identityOfAnotherUserCannotBeLinked() {
        registered("taken@example.com");
        Reply anonymous = api.anonymous(APP);
        assertThat(api.link(APP, anonymous.text("access_token"), "taken@example.com", PASSWORD).error())
                .isEqualTo("409 AccountNameInUse");
    }

    @Test
    void linkingNeedsAGoodTokenOfTheAppAndTheRightPassword() {
        Reply anonymous = api.anonymous(APP);
        api.register(APP, "prove@example.com", PASSWORD);
        assertThat(api.link(APP, "x", "prove@example.com", PASSWORD).error()).isEqualTo("401 InvalidSession");
        assertThat(api.link(APP, anonymous.text("access_token"), "prove@example.com", "password2").error())
                .isEqualTo("401 InvalidPassword");
        assertThat(api.link("other-app", anonymous.text("access_token"), "prove@example.com", PASSWORD).error())
                .isEqualTo("401 InvalidSession");
    }

    @Test
    void logOutEndsOneLogInOnly() {
        Reply phone = registered("two@example.com");
        Reply tablet = api.logIn(APP, "two@example.com", PASSWORD);
        assertThat(api.delete(API + "/auth/session", phone.text("refresh_token")).status()).isEqualTo(204);
        assertThat(api.post(API + "/auth/session", phone.text("refresh_token"), "").error())
                .isEqualTo("401 InvalidSession");
        assertThat(api.get(API + "/auth/profile", phone.text("access_token")).error())
                .isEqualTo("401 InvalidSession");
        assertThat(api.post(API + "/auth/session", tablet.text("refresh_token"), "").status()).isEqualTo(201);
    }

    @Test
    void logOutTwiceIsNoError() {
        Reply login = registered("out@example.com");
        api.delete(API + "/auth/session", login.text("refresh_token"));
        assertThat(api.delete(API + "/auth/session", login.text("refresh_token")).status()).isEqualTo(204);
    }

    @Test
    void anonymousUserVanishesWithItsLogOut() {
        Reply login = api.anonymous(APP);
        long users = core.store().count(MetadataTable.USER);
        long identities = core.store().count(MetadataTable.IDENTITY);
        api.delete(API + "/auth/session", login.text("refresh_token"));
        assertThat(core.store().count(MetadataTable.USER)).isEqualTo(users - 1);
        assertThat(core.store().count(MetadataTable.IDENTITY)).isEqualTo(identities - 1);
    }

    @Test
    void refreshGivesAnAccessTokenThatWorks() {
        Reply login = registered("refresh@example.com");
        Reply refreshed = api.post(API + "/auth/session", login.text("refresh_token"), "");
        assertThat(refreshed.status()).isEqualTo(201);
        assertThat(refreshed.text("access_token")).isNotEqualTo(login.text("access_token"));
        assertThat(api.get(API + "/auth/profile", refreshed.text("access_token")).text("user_id"))
                .isEqualTo(login.text("user_id"));
    }

    @Test
    void deletedUserIsGoneAndTheAddressIsFree() {
        Reply login = registered("gone@example.com");
        assertThat(api.delete(API + "/auth/delete", login.text("access_token")).status()).isEqualTo(204);
        assertThat(api.get(API + "/auth/profile", login.text("access_token")).error()).isEqualTo("401 InvalidSession");
        assertThat(api.post(API + "/auth/session", login.text("refresh_token"), "").error())
                .isEqualTo("401 InvalidSession");
        assertThat(api.logIn(APP, "gone@example.com", PASSWORD).error()).isEqualTo("401 InvalidPassword");
        assertThat(registered("gone@example.com").text("user_id")).isNotEqualTo(login.text("user_id"));
    }

    @Test
    void mailIsOnlyAskedForByThoseWhoRegistered() {
        api.register(APP, "mail@example.com", PASSWORD);
        for (String action : List.of("confirm/send", "reset/send")) {
            String path = ApiClient.providers(APP) + "local-userpass/" + action;
            assertThat(api.post(path, null, "{\"email\":\"mail@example.com\"}").status()).isEqualTo(200);
            assertThat(api.post(path, null, "{\"email\":\"nobody@example.com\"}").error())
                    .isEqualTo("404 UserNotFound");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /app/test-app/auth/providers/local-userpass/confirm/call, 404 FunctionNotFound",
        "POST, /app/test-app/auth/providers/local-userpass/reset/call, 404 FunctionNotFound",
        "GET, /app/test-app/functions/call?baas_request=e30=, 404 ServiceNotFound",
        "PATCH, /auth/api_keys/6553f0a1c2d3e4f5a6b7c8d9, 404 ''",
        "PUT, /app/test-app/push/providers/gcm/registration, 404 ServiceNotFound",
        "GET, /app/test-app/auth/providers/anon-user/login, 404 ''",
        "GET, /nothing, 404 ''",
        "PUT, /auth/session, 404 ''"
    })
    void restOfTheApiAnswersAsDocumented(String method, String path, String error) {
        Reply reply = api.send(method, API + path, null, method.equals("GET") ? null : "{}");
        assertThat(reply.error()).isEqualTo(error.replace("''", ""));
        assertThat(reply.contentType()).isEqualTo("application/json");
        assertThat(reply.text("error")).isNotEmpty();
    }

    @Test
    void emailTokensThatWereNeverGivenOutAreInvalid() {
        String proof = "{\"token\":\"a\",\"tokenId\":\"b\",\"password\":\"password1\"}";
        for (String action : List.of("confirm", "reset")) {
            assertThat(api.post(ApiClient.providers(APP) + "local-userpass/" + action, null, proof).error())
                    .isEqualTo("400 UserpassTokenInvalid");
        }
    }
}
