// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jose.JOSEException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.openros.domain.token.ServiceTokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;
import static org.openros.core.ApiClient.providers;

/** The group with the metadata has no master for five minutes; the clock is the test's. */
class OutageTest {
    private static final String APP = "shop";
    private static final String ANN = "ann@example.com";
    private static final String PASSWORD = "password1";

    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private LocalIssuer issuer;
    private CoreServicesRunner one;
    private CoreServicesRunner other;
    private ApiClient api;
    private ApiClient elsewhere;

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @BeforeEach
    void start(@TempDir Path folder) throws IOException, JOSEException {
        issuer = new LocalIssuer();
        String[] settings = {
            "--ros.auth.issuers.local.issuer=" + issuer.url(),
            "--ros.auth.password-hashing.patience=20s",
            "--ros.permissions.rules[0].partition=open/**",
            "--ros.permissions.rules[0].access=read"
        };
        one = CoreServicesRunner.start(clock, folder.resolve("keys.json"), settings);
        other = CoreServicesRunner.startBeside(one, clock, folder.resolve("keys.json"), settings);
        api = new ApiClient(one.url());
        elsewhere = new ApiClient(other.url());
    }

    @AfterEach
    void stop() {
        api.close();
        elsewhere.close();
        other.close();
        one.close();
        issuer.close();
    }

    private void storeGoesAway() {
        one.store().setAway(true);
        now = now.plus(Duration.ofMinutes(5));
    }

    private static Reply refresh(ApiClient client, Reply login) {
        return client.post(API + "/auth/session", login.text("refresh_token"), "");
    }

    private Reply connect(ApiClient client, String token) {
        return client.post("/internal/v1/connections/authorize", service(),
                "{\"appId\":\"" + APP + "\",\"accessToken\":\"" + token + "\"}");
    }

    private Reply open(ApiClient client, String token, String partition) {
        return client.post("/internal/v1/realms/authorize", service(),
                "{\"appId\":\"" + APP + "\",\"accessToken\":\"" + token + "\",\"partition\":\"\\\"" + partition
                + "\\\"\"}");
    }

    private String service() {
        return new ServiceTokens(CoreServicesRunner.SECRET, clock).issue("gateway");
    }

    private Reply registered() {
        api.register(APP, ANN, PASSWORD);
        return api.logIn(APP, ANN, PASSWORD);
    }

    private Reply withToken(String token) {
        return api.post(providers(APP) + "custom-token/login", null, "{\"token\":\"" + token + "\"}");
    }

    @Test
    void whoIsLoggedInRefreshesConnectsAndOpensRealmsThroughoutAnOutage() {
        Reply login = registered();
        Reply visitor = api.anonymous(APP);
        assertThat(open(api, login.text("access_token"), "open/list").status()).isEqualTo(200);
        assertThat(open(elsewhere, login.text("access_token"), "open/list").status()).isEqualTo(200);
        storeGoesAway();
        for (ApiClient client : new ApiClient[] {api, elsewhere}) {
            Reply token = refresh(client, login);
            assertThat(token.status()).isEqualTo(201);
            assertThat(connect(client, token.text("access_token")).status()).isEqualTo(200);
            assertThat(open(client, token.text("access_token"), "open/list").status()).isEqualTo(200);
            assertThat(client.get(API + "/auth/profile", token.text("access_token")).status()).isEqualTo(200);
        }
        assertThat(refresh(api, visitor).status()).isEqualTo(201);
    }

    @Test
    void whoLoggedInBeforeLogsInAgainDuringAnOutageAndStaysLoggedInAfterIt() throws Exception {
        String user = registered().text("user_id");
        elsewhere.logIn(APP, ANN, PASSWORD);
        open(api, api.logIn(APP, ANN, PASSWORD).text("access_token"), "open/list");
        storeGoesAway();
        Reply during = api.logIn(APP, ANN, PASSWORD);
        assertThat(during.status()).isEqualTo(200);
        assertThat(during.text("user_id")).isEqualTo(user);
        assertThat(connect(api, during.text("access_token")).status()).isEqualTo(200);
        assertThat(connect(elsewhere, during.text("access_token")).status()).isEqualTo(200);
        assertThat(open(api, during.text("access_token"), "open/list").status()).isEqualTo(200);
        assertThat(refresh(elsewhere, during).status()).isEqualTo(201);

        one.store().setAway(false);
        assertThat(refresh(elsewhere, during).status()).isEqualTo(201);
        assertThat(refresh(api, during).status()).isEqualTo(201);
        assertThat(api.delete(API + "/auth/session", during.text("refresh_token")).status()).isEqualTo(204);
        assertThat(refresh(elsewhere, during).error()).isEqualTo("401 InvalidSession");
    }

    @Test
    void aLogInOfAnOutageThatWasEndedBeforeItWasStoredStaysEnded() {
        registered();
        storeGoesAway();
        Reply during = api.logIn(APP, ANN, PASSWORD);
        one.store().setAway(false);
        now = now.plusSeconds(1);
        assertThat(api.delete(API + "/auth/session", during.text("refresh_token")).status()).isEqualTo(204);
        assertThat(refresh(api, during).error()).isEqualTo("401 InvalidSession");
        assertThat(refresh(elsewhere, during).error()).isEqualTo("401 InvalidSession");
    }

    @Test
    void aTokenOfAnIssuerLogsInDuringAnOutage() throws Exception {
        String token = issuer.sign(issuer.claims("bob", APP).expirationTime(Date.from(now.plusSeconds(900_000_000)))
                .build());
        Reply before = withToken(token);
        assertThat(before.status()).isEqualTo(200);
        storeGoesAway();
        Reply during = withToken(token);
        assertThat(during.text("user_id")).isEqualTo(before.text("user_id"));
        assertThat(connect(api, during.text("access_token")).status()).isEqualTo(200);
    }

    @Test
    void nobodyIsRefusedForGoodOrTakenForSomebodyElseDuringAnOutage() {
        registered();
        storeGoesAway();
        assertThat(api.logIn(APP, ANN, "another password").status()).isEqualTo(503);
        assertThat(api.logIn(APP, "nobody@example.com", PASSWORD).status()).isEqualTo(503);
        assertThat(api.anonymous(APP).status()).isEqualTo(503);
        assertThat(elsewhere.logIn(APP, ANN, PASSWORD).status()).isEqualTo(503);
    }

    @Test
    void whoWasSuspendedOrHasANewPasswordIsNotLetInByAMemory() {
        Reply login = registered();
        api.register(APP, "eve@example.com", PASSWORD);
        String eve = api.logIn(APP, "eve@example.com", PASSWORD).text("user_id");
        api.send("PATCH", "/internal/v1/users/" + eve, service(), "{\"status\":\"suspended\"}");
        api.post("/internal/v1/users/" + login.text("user_id") + "/revoke", service(), "");
        storeGoesAway();
        assertThat(api.logIn(APP, "eve@example.com", PASSWORD).status()).isEqualTo(503);
        assertThat(refresh(api, login).status()).isEqualTo(503);
        assertThat(connect(api, login.text("access_token")).status()).isEqualTo(503);
    }
}
