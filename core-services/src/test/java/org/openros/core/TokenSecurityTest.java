// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.openros.core.account.UserStates;
import org.openros.core.login.SigningKeyRing;
import org.openros.domain.AppId;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.domain.token.ServiceTokens;
import org.openros.domain.token.SigningKeys;
import org.openros.domain.token.TokenIssuer;
import org.openros.domain.token.TokenKeys;
import org.openros.domain.token.UserToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class TokenSecurityTest {
    private static final String APP = "test-app";
    private static final String CONNECT = "/internal/v1/connections/authorize";
    private static final String OPEN = "/internal/v1/realms/authorize";

    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(folder.resolve("keys.json"), "--ros.apps=test-app,other-app");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
    }

    @AfterEach
    void bringStoreBack() {
        core.store().setAway(false);
    }

    private static String service() {
        return new ServiceTokens(CoreServicesRunner.SECRET, Clock.systemUTC()).issue("gateway");
    }

    private static Reply connect(String app, String token) {
        return api.post(CONNECT, service(), "{\"appId\":\"" + app + "\",\"accessToken\":\"" + token + "\"}");
    }

    private static Reply open(String token, String partition) {
        return api.post(
                OPEN,
                service(),
                "{\"appId\":\"" + APP + "\",\"accessToken\":\"" + token + "\",\"partition\":\""
                        + partition.replace("\"", "\\\"") + "\"}");
    }

    /** A token in all things like the one shown but for its times. */
    private static String issued(String like, Instant issuedAt, Instant expiresAt) throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(like).getJWTClaimsSet();
        return core.bean(TokenIssuer.class).issue(new UserToken(
                UserToken.Kind.ACCESS, claims.getSubject(), new AppId(APP), claims.getStringClaim("sid"),
                claims.getStringClaim("device_id"), "id", issuedAt, expiresAt));
    }

    private static void refusedEverywhere(@Nullable String token) {
        List<Reply> replies = List.of(
                api.get(API + "/auth/profile", token),
                api.delete(API + "/auth/delete", token),
                api.post(API + "/auth/session", token, ""),
                api.delete(API + "/auth/session", token));
        assertThat(replies).extracting(Reply::error).containsOnly("401 InvalidSession");
        assertThat(replies).extracting(Reply::contentType).containsOnly("application/json");
        if (token != null) {
            assertThat(connect(APP, token).error()).isEqualTo("401 InvalidSession");
            assertThat(open(token, "\"x\"").error()).isEqualTo("401 InvalidSession");
        }
    }

    @Test
    void goodTokenConnectsAndOpensRealms() throws Exception {
        Reply login = api.anonymous(APP);
        JWTClaimsSet claims =
                SignedJWT.parse(login.text("access_token")).getJWTClaimsSet();
        Reply connection = connect(APP, login.text("access_token"));
        assertThat(connection.text("userId")).isEqualTo(login.text("user_id"));
        assertThat(connection.json().path("expiresAt").asLong())
                .isEqualTo(claims.getExpirationTime().getTime() / 1000);

        Reply realm = open(login.text("access_token"), "{\"$numberInt\":\"42\"}");
        assertThat(realm.text("path")).isEqualTo("/test-app/=int:42");
        assertThat(realm.text("group")).isEqualTo("default");
        RealmTokenVerifier worker =
                new RealmTokenVerifier(TokenKeys.published(List.of(core.url())), Clock.systemUTC());
        assertThat(worker.verify(realm.text("realmToken"))).satisfies(token -> {
            assertThat(token.userId()).isEqualTo(login.text("user_id"));
            assertThat(token.path().value()).isEqualTo("/test-app/=int:42");
            assertThat(token.access()).containsExactlyInAnyOrder(AccessRight.READ, AccessRight.WRITE);
        });
    }

    @Test
    void publishedKeysHaveNoPrivatePart() {
        Reply keys = api.get("/.well-known/jwks.json", null);
        assertThat(keys.status()).isEqualTo(200);
        assertThat(keys.json().at("/keys/0/crv").asString()).isEqualTo("P-256");
        assertThat(keys.json().at("/keys/0/d").isMissingNode()).isTrue();
    }

    @Test
    void missingOrMeaninglessTokenIsRefused() {
        refusedEverywhere(null);
        refusedEverywhere("x");
        refusedEverywhere("a.b.c");
    }

    @Test
    void refreshTokenIsNoAccessTokenAndTheOtherWayRound() {
        Reply login = api.anonymous(APP);
        String access = login.text("access_token");
        String refresh = login.text("refresh_token");
        assertThat(api.get(API + "/auth/profile", refresh).error()).isEqualTo("401 InvalidSession");
        assertThat(api.delete(API + "/auth/delete", refresh).error()).isEqualTo("401 InvalidSession");
        assertThat(connect(APP, refresh).error()).isEqualTo("401 InvalidSession");
        assertThat(api.post(API + "/auth/session", access, "").error()).isEqualTo("401 InvalidSession");
        assertThat(api.delete(API + "/auth/session", access).error()).isEqualTo("401 InvalidSession");
    }

    @Test
    void forgedTokensAreRefused() throws Exception {
        JWTClaimsSet claims =
                SignedJWT.parse(api.anonymous(APP).text("access_token")).getJWTClaimsSet();
        refusedEverywhere(new PlainJWT(claims).serialize());

        SigningKeys keys = core.bean(SigningKeyRing.class).keys();
        byte[] known = JWKSet.parse(keys.toPublicJson()).getKeys().getFirst().toECKey().toECPublicKey().getEncoded();
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keys.keyIds().getFirst()).build(), claims);
        confused.sign(new MACSigner(known));
        refusedEverywhere(confused.serialize());

        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        refusedEverywhere(new TokenIssuer(SigningKeys.generate()).issue(new UserToken(
                UserToken.Kind.ACCESS, claims.getSubject(), new AppId(APP), claims.getStringClaim("sid"),
                claims.getStringClaim("device_id"), "id", now, now.plusSeconds(60))));
    }

    @Test
    void alteredTokenIsRefused() {
        String good = api.anonymous(APP).text("access_token");
        int middle = good.length() / 2;
        char other = good.charAt(middle) == 'A' ? 'B' : 'A';
        refusedEverywhere(good.substring(0, middle) + other + good.substring(middle + 1));
    }

    @Test
    void expiredTokenIsRefusedAndALiveOneIsNot() throws Exception {
        String like = api.anonymous(APP).text("access_token");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        refusedEverywhere(issued(like, now.minusSeconds(60), now.minusSeconds(1)));
        assertThat(connect(APP, issued(like, now, now.plusSeconds(60))).status()).isEqualTo(200);
    }

    @Test
    void tokenOfAnotherAppDoesNotConnect() {
        String token = api.anonymous("other-app").text("access_token");
        assertThat(connect(APP, token).error()).isEqualTo("401 InvalidSession");
        assertThat(open(token, "\"x\"").error()).isEqualTo("401 InvalidSession");
        assertThat(connect("other-app", token).status()).isEqualTo(200);
    }

    @Test
    void unknownAndReservedAppsAreNotFound() {
        for (String app : List.of("third-app", "__system", "a.b", "a%20b")) {
            assertThat(api.anonymous(app).status()).as(app).isEqualTo(404);
            assertThat(connect(app, "x").status()).as(app).isEqualTo(404);
        }
        assertThat(api.get(API + "/app/third-app/location", null).text("error"))
                .isEqualTo("cannot find app using Client App ID 'third-app'");
    }

    @Test
    void deletedUserAndEndedLogInDoNotConnect() {
        Reply deleted = api.anonymous(APP);
        assertThat(connect(APP, deleted.text("access_token")).status()).isEqualTo(200);
        api.delete(API + "/auth/delete", deleted.text("access_token"));
        assertThat(connect(APP, deleted.text("access_token")).error()).isEqualTo("401 InvalidSession");

        api.register(APP, "ended@example.com", "password1");
        Reply ended = api.logIn(APP, "ended@example.com", "password1");
        assertThat(connect(APP, ended.text("access_token")).status()).isEqualTo(200);
        api.delete(API + "/auth/session", ended.text("refresh_token"));
        assertThat(connect(APP, ended.text("access_token")).error()).isEqualTo("401 InvalidSession");
    }

    @Test
    void outageOfTheStoreLogsNobodyOut() {
        Reply known = api.anonymous(APP);
        assertThat(connect(APP, known.text("access_token")).status()).isEqualTo(200);
        // As if another process had made the log-in.
        Reply unseen = api.anonymous(APP);
        core.bean(UserStates.class).forget(unseen.text("user_id"));
        core.store().setAway(true);
        assertThat(connect(APP, known.text("access_token")).status()).isEqualTo(200);
        assertThat(open(known.text("access_token"), "\"x\"").status()).isEqualTo(200);
        assertThat(api.post(API + "/auth/session", known.text("refresh_token"), "").status()).isEqualTo(201);
        assertThat(api.get(API + "/auth/profile", known.text("access_token")).status()).isEqualTo(200);
        assertThat(connect(APP, unseen.text("access_token")).error()).isEqualTo("503 MaintenanceInProgress");
        assertThat(connect(APP, unseen.text("access_token")).retryAfter()).isEqualTo("2");
        assertThat(api.post(API + "/auth/session", unseen.text("refresh_token"), "").error())
                .isEqualTo("503 MaintenanceInProgress");
        assertThat(api.anonymous(APP).error()).isEqualTo("503 MaintenanceInProgress");
        assertThat(api.logIn(APP, "who@example.com", "password1").error()).isEqualTo("503 MaintenanceInProgress");
        assertThat(connect(APP, "x").error()).isEqualTo("401 InvalidSession");
    }

    @Test
    void readinessFollowsTheStoreAndLifeDoesNot() {
        assertThat(api.get("/readyz", null).status()).isEqualTo(200);
        core.store().setAway(true);
        assertThat(api.get("/readyz", null).status()).isEqualTo(503);
        assertThat(api.get("/readyz", null).text("reason")).isNotEmpty();
        assertThat(api.get("/livez", null).text("status")).isEqualTo("up");
    }

    @Test
    void internalRoutesNeedAServiceToken() {
        String user = api.anonymous(APP).text("access_token");
        String stranger =
                new ServiceTokens("another secret, also of 32 bytes or more", Clock.systemUTC()).issue("gateway");
        for (String path : List.of(CONNECT, OPEN, "/internal/", "/internal/v1/nothing", "/actuator/metrics")) {
            assertThat(api.post(path, null, "{}").status()).as(path).isEqualTo(401);
            assertThat(api.post(path, user, "{}").status()).as(path).isEqualTo(401);
            assertThat(api.post(path, stranger, "{}").status()).as(path).isEqualTo(401);
        }
        assertThat(api.get("/actuator/metrics", service()).status()).isEqualTo(200);
        assertThat(api.post(CONNECT, service(), "{}").error()).isEqualTo("400 MissingParameter");
    }

    @Test
    void everythingElseIsNotFound() {
        for (String path : List.of("/", "/login", "/actuator", "/api", "/index.html", "/%2e%2e/x", "//internal")) {
            Reply reply = api.get(path, null);
            assertThat(reply.status()).as(path).isIn(400, 401, 404);
            assertThat(reply.contentType()).as(path).isEqualTo("application/json");
            assertThat(reply.text("error")).as(path).isNotEmpty();
        }
    }

    @Test
    void partitionsThatAreNoneAreBadRequests() {
        String token = api.anonymous(APP).text("access_token");
        for (String partition : List.of("", "{", "{\"$date\":\"1\"}", "x".repeat(1025))) {
            assertThat(open(token, partition).error()).isEqualTo("400 BadRequest");
        }
        assertThat(open(token, "\"../../__system/auth\"").text("path")).startsWith("/test-app/");
    }
}
