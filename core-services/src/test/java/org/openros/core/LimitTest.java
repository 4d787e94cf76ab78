// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class LimitTest {
    private static final String APP = "test-app";
    private static final String PASSWORD = "password1";
    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger();

    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.auth.password-hashing.patience=20s",
                "--ros.auth.limits.address-burst=6",
                "--ros.auth.limits.address-per-minute=1",
                "--ros.auth.limits.account-per-minute=3",
                "--ros.auth.limits.refresh-per-minute=5");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
    }

    private static String address() {
        return "192.0.2." + NEXT_ADDRESS.incrementAndGet();
    }

    private static Reply anonymousFrom(String address) {
        return api.send(
                "POST", ApiClient.providers(APP) + "anon-user/login", null, "{}", "X-Forwarded-For", address);
    }

    @Test
    void addressThatLogsInTooOftenIsToldWhenToComeAgain() throws Exception {
        String address = address();
        for (int i = 0; i < 6; i++) {
            assertThat(anonymousFrom(address).status()).isEqualTo(200);
        }
        assertThat(anonymousFrom(address).error()).isEqualTo("429 TooManyRequests");
        assertThat(anonymousFrom(address).contentType()).isEqualTo("application/json");
        assertThat(anonymousFrom(address()).status()).as("others go on").isEqualTo(200);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> page = http.send(
                    HttpRequest.newBuilder(URI.create(core.url() + "/reset-password"))
                            .header("X-Forwarded-For", address)
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(page.headers().firstValue("Retry-After").orElse("")))
                    .isBetween(1, 60);
        }
    }

    @Test
    void ipv6AddressesOfOneNetworkCountTogether() {
        for (int i = 0; i < 6; i++) {
            assertThat(anonymousFrom("2001:db8:1:2::" + i).status()).isEqualTo(200);
        }
        assertThat(anonymousFrom("2001:db8:1:2:ffff::1").status()).isEqualTo(429);
        assertThat(anonymousFrom("2001:db8:1:3::1").status()).isEqualTo(200);
    }

    @Test
    void thisMachineIsNotCounted() {
        for (int i = 0; i < 10; i++) {
            assertThat(api.anonymous(APP).status()).isEqualTo(200);
        }
    }

    @Test
    void guessingStopsWhetherTheAccountExistsOrNotAndWhereverItComesFrom() {
        api.register(APP, "guessed@example.com", PASSWORD);
        for (String email : new String[] {"guessed@example.com", "nobody@example.com"}) {
            for (int i = 0; i < 3; i++) {
                assertThat(api.logIn(APP, email, "wrong password").error()).isEqualTo("401 InvalidPassword");
            }
            assertThat(api.logIn(APP, email, PASSWORD).error()).isEqualTo("429 TooManyRequests");
        }
    }

    @Test
    void rightPasswordsAreNotCounted() {
        api.register(APP, "busy@example.com", PASSWORD);
        for (int i = 0; i < 10; i++) {
            assertThat(api.logIn(APP, "busy@example.com", PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void refreshingTooOftenIsRefusedAndLogsNobodyOut() {
        Reply user = api.anonymous(APP);
        for (int i = 0; i < 5; i++) {
            assertThat(api.post(API + "/auth/session", user.text("refresh_token"), "").status()).isEqualTo(201);
        }
        assertThat(api.post(API + "/auth/session", user.text("refresh_token"), "").error())
                .isEqualTo("429 TooManyRequests");
        assertThat(api.get(API + "/auth/profile", user.text("access_token")).status()).isEqualTo(200);
        Reply other = api.anonymous(APP);
        assertThat(api.post(API + "/auth/session", other.text("refresh_token"), "").status()).isEqualTo(201);
    }
}
