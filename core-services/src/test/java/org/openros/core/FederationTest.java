// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.account.Provider;
import org.openros.core.federation.IdentityProvider;
import org.openros.domain.AppId;
import org.openros.domain.token.ServiceTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.openros.core.ApiClient.API;

@SuppressWarnings("JavaUtilDate")
class FederationTest {
    private static final String APP = "test-app";
    private static final String SHARED = "a secret that two parties share, 32 bytes";

    private static LocalIssuer issuer;
    private static LocalIssuer google;
    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        issuer = new LocalIssuer();
        google = new LocalIssuer();
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--spring.main.sources=" + OwnCode.class.getName(),
                "--ros.auth.issuers.local.issuer=" + issuer.url(),
                "--ros.auth.issuers.local.required-claims.tenant=north",
                "--ros.auth.issuers.local.fields.name=full_name",
                "--ros.auth.issuers.local.fields.email=email",
                "--ros.auth.issuers.shared.issuer=backend",
                "--ros.auth.issuers.shared.secret=" + SHARED,
                "--ros.auth.issuers.shared.apps=other-app",
                "--ros.auth.issuers.g.provider=oauth2-google",
                "--ros.auth.issuers.g.issuer=" + google.url(),
                "--ros.auth.issuers.g.jwks-uri=" + google.url() + "/keys",
                "--ros.auth.issuers.g.audiences=client-1,client-2");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
        issuer.close();
        google.close();
    }

    @AfterEach
    void bringIssuersBack() {
        issuer.setAway(false);
    }

    private static JWTClaimsSet.Builder ann(String subject) {
        return issuer.claims(subject, APP).claim("tenant", "north").claim("full_name", "Ann Example");
    }

    private static Reply logIn(String app, String token) {
        return logIn(api, app, token);
    }

    private static Reply logIn(ApiClient client, String app, String token) {
        return client.post(ApiClient.providers(app) + "custom-token/login", null, "{\"token\":\"" + token + "\"}");
    }

    private static Reply link(String access, String token) {
        return api.post(
                ApiClient.providers(APP) + "custom-token/login?link=true", access, "{\"token\":\"" + token + "\"}");
    }

    private static Reply logInWithGoogle(String token) {
        return api.post(ApiClient.providers(APP) + "oauth2-google/login", null, "{\"id_token\":\"" + token + "\"}");
    }

    private static JsonNode profile(Reply login) {
        return api.get(API + "/auth/profile", login.text("access_token")).json();
    }

    @Test
    void tokenOfATrustedIssuerIsAlwaysTheSameUser() throws Exception {
        Reply first = logIn(APP, issuer.sign(ann("same").build()));
        assertThat(first.status()).isEqualTo(200);
        Reply second = logIn(APP, issuer.sign(ann("same").claim("full_name", "Ann Other").build()));
        assertThat(second.text("user_id")).isEqualTo(first.text("user_id")).matches("[0-9a-f]{24}");
        assertThat(profile(second).at("/identities/0/provider_type").asString()).isEqualTo("custom-token");
        assertThat(profile(second).at("/data/name").asString()).isEqualTo("Ann Other");
        assertThat(logIn(APP, issuer.sign(ann("other").build())).text("user_id")).isNotEqualTo(first.text("user_id"));
    }

    @Test
    void manyFirstLogInsAtOnceMakeOneUser() throws Exception {
        String token = issuer.sign(ann("crowd").build());
        List<Callable<Reply>> logIns = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            logIns.add(() -> logIn(APP, token));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> users = new ArrayList<>();
            for (Future<Reply> each : threads.invokeAll(logIns)) {
                users.add(each.get().text("user_id"));
            }
            assertThat(users).doesNotContain("").containsOnly(users.getFirst());
        }
    }

    @Test
    void forgedTokensAreRefused() throws Exception {
        JWTClaimsSet claims = ann("victim").build();
        String genuine = issuer.sign(claims);
        SignedJWT publicKeyAsSecret = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key().getKeyID()).build(), claims);
        publicKeyAsSecret.sign(new MACSigner(issuer.key().toPublicJWK().toJSONString()
                .getBytes(StandardCharsets.UTF_8)));
        // With key ids that the issuer has: unknown ones are looked up, and may be undecided for a while.
        String known = issuer.key().getKeyID();
        String otherKey = google.sign(claims, JWSAlgorithm.RS256, header -> header.keyID(known));
        String ownKeyInside = google.sign(
                claims, JWSAlgorithm.RS256, header -> header.keyID(known).jwk(google.key().toPublicJWK()));
        String changed = genuine.substring(0, genuine.indexOf('.') + 1)
                + issuer.sign(ann("another").build()).split("\\.")[1]
                + genuine.substring(genuine.lastIndexOf('.'));
        for (String forged : List.of(
                new PlainJWT(claims).serialize(), publicKeyAsSecret.serialize(), otherKey, ownKeyInside, changed,
                issuer.sign(claims, JWSAlgorithm.RS512, header -> header), "a.b.c", "x".repeat(20_000))) {
            assertThat(logIn(APP, forged).error()).as(forged).isEqualTo("401 AuthError");
        }
        assertThat(logIn(APP, genuine).status()).isEqualTo(200);
    }

    @Test
    void claimsMustFit() throws Exception {
        Instant now = Instant.now();
        List<JWTClaimsSet> bad = List.of(
                ann("x").audience("other-app").build(),
                ann("x").audience((String) null).build(),
                ann("x").issuer("https://evil.example.com").build(),
                ann("x").issuer(null).build(),
                ann("x").claim("tenant", "south").build(),
                ann("x").claim("tenant", null).build(),
                ann("x").subject(null).build(),
                ann("x").subject("a\nb").build(),
                ann("x").subject("x".repeat(600)).build(),
                ann("x").expirationTime(null).build(),
                ann("x").expirationTime(Date.from(now.minusSeconds(60))).build(),
                ann("x").notBeforeTime(Date.from(now.plusSeconds(60))).build());
        for (JWTClaimsSet claims : bad) {
            assertThat(logIn(APP, issuer.sign(claims)).error()).as(claims.toString()).isEqualTo("401 AuthError");
        }
        assertThat(logIn(APP, issuer.sign(ann("x").expirationTime(Date.from(now.minusSeconds(10))).build())).status())
                .as("clocks may differ by 30 seconds")
                .isEqualTo(200);
    }

    @Test
    void newKeyIsFetchedAndMadeUpKeyIdsDoNotFloodTheIssuer(@TempDir Path folder) throws Exception {
        try (LocalIssuer own = new LocalIssuer();
                CoreServicesRunner fresh = CoreServicesRunner.start(
                        folder.resolve("keys.json"), "--ros.auth.issuers.own.issuer=" + own.url());
                ApiClient client = new ApiClient(fresh.url())) {
            JWTClaimsSet claims = own.claims("k", APP).build();
            assertThat(logIn(client, APP, own.sign(claims)).status()).isEqualTo(200);
            own.rotate();
            assertThat(logIn(client, APP, own.sign(claims)).status()).isEqualTo(200);
            int before = own.fetches();
            for (int i = 0; i < 20; i++) {
                String keyId = "made-up-" + i;
                String forged = own.sign(claims, JWSAlgorithm.RS256, header -> header.keyID(keyId));
                assertThat(logIn(client, APP, forged).status()).isIn(401, 503);
            }
            assertThat(own.fetches() - before).isLessThanOrEqualTo(2);
            assertThat(logIn(client, APP, own.sign(claims)).status()).isEqualTo(200);
        }
    }

    @Test
    void issuerThatIsAwayLogsNobodyOut(@TempDir Path folder) throws Exception {
        try (LocalIssuer away = new LocalIssuer();
                CoreServicesRunner fresh = CoreServicesRunner.start(
                        folder.resolve("keys.json"), "--ros.auth.issuers.away.issuer=" + away.url());
                ApiClient client = new ApiClient(fresh.url())) {
            away.setAway(true);
            assertThat(logIn(client, APP, away.sign(away.claims("a", APP).build())).error())
                    .isEqualTo("503 MaintenanceInProgress");
        }
    }

    @Test
    void sharedSecretOpensItsAppsOnly() throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                issuer.claims("bob", "other-app").issuer("backend").build());
        token.sign(new MACSigner(SHARED.getBytes(StandardCharsets.UTF_8)));
        assertThat(logIn("other-app", token.serialize()).status()).isEqualTo(200);
        assertThat(logIn(APP, token.serialize()).error()).isEqualTo("401 AuthError");
    }

    @Test
    void googleIdTokenOpensWithTheRightClientOnly() throws Exception {
        JWTClaimsSet.Builder claims = google.claims("g-1", "client-2")
                .claim("email", "ann@example.com")
                .claim("email_verified", true)
                .claim("given_name", "Ann");
        Reply login = logInWithGoogle(google.sign(claims.build()));
        assertThat(login.status()).isEqualTo(200);
        assertThat(profile(login).at("/data/email").asString()).isEqualTo("ann@example.com");
        assertThat(profile(login).at("/data/first_name").asString()).isEqualTo("Ann");
        assertThat(profile(login).at("/identities/0/provider_type").asString()).isEqualTo("oauth2-google");
        assertThat(logInWithGoogle(google.sign(claims.audience("client-3").build())).error())
                .isEqualTo("401 AuthError");
        assertThat(logInWithGoogle(issuer.sign(ann("g-1").build())).error()).isEqualTo("401 AuthError");
        Reply unverified = logInWithGoogle(google.sign(google.claims("g-2", "client-1")
                .claim("email", "boss@example.com").claim("email_verified", false).build()));
        assertThat(profile(unverified).path("data").has("email")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"oauth2-apple", "oauth2-facebook", "nickname"})
    void providerThatIsNotConfiguredIsNotFound(String provider) {
        assertThat(api.post(ApiClient.providers(APP) + provider + "/login", null, "{\"id_token\":\"x\"}").error())
                .isEqualTo("404 AuthProviderNotFound");
    }

    @ParameterizedTest
    @CsvSource({"code-1, 200", "code-2, 401 AuthError", "away, 503 MaintenanceInProgress"})
    void ownCodeDecides(String code, String outcome) {
        Reply reply =
                api.post(ApiClient.providers(APP) + "custom-function/login", null, "{\"code\":\"" + code + "\"}");
        assertThat(reply.error().strip()).isEqualTo(outcome);
    }

    @Test
    void linkedIdentityLeadsToTheSameUser() throws Exception {
        Reply anonymous = api.anonymous(APP);
        String token = issuer.sign(ann("linked").build());
        Reply linked = link(anonymous.text("access_token"), token);
        assertThat(linked.text("user_id")).isEqualTo(anonymous.text("user_id"));
        assertThat(profile(linked).path("identities").valueStream().map(i -> i.path("provider_type").asString()))
                .containsExactlyInAnyOrder("anon-user", "custom-token");
        assertThat(profile(linked).at("/data/name").asString()).isEqualTo("Ann Example");
        assertThat(logIn(APP, token).text("user_id")).isEqualTo(anonymous.text("user_id"));
        assertThat(link(anonymous.text("access_token"), token).status()).as("once more").isEqualTo(200);
    }

    @Test
    void identityOfAnotherUserCannotBeLinked() throws Exception {
        String token = issuer.sign(ann("taken").build());
        Reply owner = logIn(APP, token);
        Reply other = api.anonymous(APP);
        assertThat(link(other.text("access_token"), token).error()).isEqualTo("409 AccountNameInUse");
        assertThat(profile(other).path("identities").size()).isEqualTo(1);
        assertThat(logIn(APP, token).text("user_id")).isEqualTo(owner.text("user_id"));
    }

    @ParameterizedTest
    @CsvSource({"anon-user, {}", "api-key, {\"key\":\"x\"}"})
    void anonymousUsersAndKeysCannotBeLinked(String provider, String body) {
        String access = api.anonymous(APP).text("access_token");
        assertThat(api.post(ApiClient.providers(APP) + provider + "/login?link=true", access, body).error())
                .isEqualTo("400 BadRequest");
    }

    @Test
    void linkWithABadTokenIsRefusedAndChangesNothing() throws Exception {
        Reply user = api.anonymous(APP);
        String bad = issuer.sign(ann("bad").claim("tenant", "south").build());
        assertThat(link(user.text("access_token"), bad).error()).isEqualTo("401 AuthError");
        assertThat(link(user.text("refresh_token"), issuer.sign(ann("bad").build())).error())
                .isEqualTo("401 InvalidSession");
        assertThat(profile(user).path("identities").size()).isEqualTo(1);
    }

    @Test
    void deletedUserIsGoneWithAllIdentities() throws Exception {
        String token = issuer.sign(ann("gone").build());
        Reply first = logIn(APP, token);
        assertThat(api.delete(API + "/auth/delete", first.text("access_token")).status()).isEqualTo(204);
        Reply again = logIn(APP, token);
        assertThat(again.text("user_id")).isNotEqualTo(first.text("user_id"));
        assertThat(api.post(API + "/auth/session", first.text("refresh_token"), "").error())
                .isEqualTo("401 InvalidSession");
    }

    private static Reply setCustomData(String user, String json) {
        String service = new ServiceTokens(CoreServicesRunner.SECRET, Clock.systemUTC()).issue("admin");
        return api.send("PUT", "/internal/v1/users/" + user + "/custom-data", service, json);
    }

    private static Object customData(String access) throws Exception {
        return SignedJWT.parse(access).getJWTClaimsSet().getClaim("user_data");
    }

    @Test
    void customDataIsInTheNextAccessTokens() throws Exception {
        String token = issuer.sign(ann("data").build());
        Reply login = logIn(APP, token);
        assertThat(customData(login.text("access_token"))).isNull();
        assertThat(setCustomData(login.text("user_id"), "{\"level\":{\"$numberInt\":\"3\"},\"tags\":[\"a\"]}").status())
                .isEqualTo(204);
        Reply refreshed = api.post(API + "/auth/session", login.text("refresh_token"), "");
        Map<String, Object> expected = Map.of("level", Map.of("$numberInt", "3"), "tags", List.of("a"));
        assertThat(customData(refreshed.text("access_token"))).isEqualTo(expected);
        assertThat(customData(logIn(APP, token).text("access_token"))).isEqualTo(expected);
        assertThat(customData(login.text("refresh_token"))).isNull();
    }

    @Test
    void customDataIsBoundedAndForServicesOnly() {
        String user = api.anonymous(APP).text("user_id");
        assertThat(setCustomData(user, "{\"a\":\"" + "x".repeat(1_100) + "\"}").error()).isEqualTo("400 BadRequest");
        assertThat(setCustomData(user, "[]").error()).isEqualTo("400 BadRequest");
        assertThat(setCustomData("0".repeat(24), "{}").error()).isEqualTo("404 UserNotFound");
        assertThat(api.send("PUT", "/internal/v1/users/" + user + "/custom-data", null, "{}").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "provider=local-userpass, takes no issuer",
        "provider=oauth2-google, audiences",
        "jwks-uri=http://keys.example.com/, must be an https address",
        "secret=short, 32 bytes",
        "subject-claim=sub, is needed"
    })
    void settingsThatCannotWorkAreRefusedByName(String setting, String message, @TempDir Path folder) {
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(() -> CoreServicesRunner.start(
                        folder.resolve("keys.json"), "--ros.auth.issuers.bad." + setting).close())
                .havingRootCause()
                .satisfies(cause -> assertThat(String.valueOf(cause.getMessage())).contains(message));
    }

    /** Code of an installation. */
    @Configuration(proxyBeanMethods = false)
    static class OwnCode {
        @Bean
        IdentityProvider codes() {
            return new Codes();
        }
    }

    private static final class Codes implements IdentityProvider {
        @Override
        public Provider provider() {
            return Provider.CUSTOM_FUNCTION;
        }

        @Override
        public Person identify(AppId app, JsonNode credentials) throws RefusedException, UndecidedException {
            return switch (credentials.path("code").asString("")) {
                case "code-1" -> new Person("one", Map.of("name", "One"));
                case "away" -> throw new UndecidedException("away", new JOSEException("away"));
                default -> throw new RefusedException("unknown code");
            };
        }
    }
}
