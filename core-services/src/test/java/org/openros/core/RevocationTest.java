// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.openros.core.account.Accounts;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.domain.AppId;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openros.core.ApiClient.API;

/** Two processes over one store: what is done through the first is heeded by the second. */
class RevocationTest {
    private static final String APP = "test-app";
    private static final Duration SOON = Duration.ofSeconds(30);

    private static CoreServicesRunner first;
    private static CoreServicesRunner second;
    private static ApiClient here;
    private static ApiClient there;

    @BeforeAll
    static void start(@TempDir Path folder) {
        InMemoryMetadataStore store = new InMemoryMetadataStore();
        first = CoreServicesRunner.start(store, folder.resolve("keys.json"));
        second = CoreServicesRunner.start(store, folder.resolve("keys.json"));
        here = new ApiClient(first.url());
        there = new ApiClient(second.url());
    }

    @AfterAll
    static void stop() {
        here.close();
        there.close();
        second.close();
        first.close();
    }

    private static String service() {
        return new ServiceTokens(CoreServicesRunner.SECRET, Clock.systemUTC()).issue("admin");
    }

    private static Reply setStatus(String user, String status) {
        return here.send("PATCH", "/internal/v1/users/" + user, service(), "{\"status\":\"" + status + "\"}");
    }

    /** A user whose good standing the second process has just seen. */
    private static Reply seenUser() {
        Reply login = here.anonymous(APP);
        assertThat(profile(login)).isEqualTo("200 ");
        return login;
    }

    private static String profile(Reply login) {
        return there.get(API + "/auth/profile", login.text("access_token")).error();
    }

    private static String refresh(Reply login) {
        return there.post(API + "/auth/session", login.text("refresh_token"), "").error();
    }

    private static JsonNode changes(long after) {
        return there.get("/internal/v1/access/changes?after=" + after, service()).json();
    }

    /** The users of whom all realms are meant. */
    private static List<String> news(long after) {
        return changes(after).path("changes").valueStream()
                .filter(change -> change.path("path").isMissingNode() || change.path("path").isNull())
                .map(change -> change.path("user").asString(""))
                .toList();
    }

    private static Reply authorize(Reply login) {
        return there.post(
                "/internal/v1/realms/authorize",
                service(),
                "{\"appId\":\"" + APP + "\",\"accessToken\":\"" + login.text("access_token")
                        + "\",\"partition\":\"\\\"news\\\"\"}");
    }

    @Test
    void suspendedUserIsRefusedEverywhereUntilAdmittedAgain() {
        Reply login = seenUser();
        assertThat(setStatus(login.text("user_id"), "suspended").status()).isEqualTo(204);
        assertThat(refresh(login)).isEqualTo("401 UserDisabled");
        await().atMost(SOON).until(() -> profile(login).equals("401 UserDisabled"));
        assertThat(setStatus(login.text("user_id"), "active").status()).isEqualTo(204);
        assertThat(refresh(login)).isEqualTo("201 ");
    }

    @Test
    void suspendedUserCannotLogIn() {
        here.register(APP, "bad@example.com", "password1");
        String user = here.logIn(APP, "bad@example.com", "password1").text("user_id");
        setStatus(user, "suspended");
        assertThat(there.logIn(APP, "bad@example.com", "password1").error()).isEqualTo("401 UserDisabled");
        assertThat(there.logIn(APP, "bad@example.com", "password2").error()).isEqualTo("401 InvalidPassword");
    }

    @Test
    void revokedUserLogsInAnewWithoutBeingRefused() {
        here.register(APP, "lost@example.com", "password1");
        Reply login = here.logIn(APP, "lost@example.com", "password1");
        assertThat(profile(login)).isEqualTo("200 ");
        assertThat(here.post("/internal/v1/users/" + login.text("user_id") + "/revoke", service(), "").status())
                .isEqualTo(204);
        await().atMost(SOON).until(() -> profile(login).equals("401 InvalidSession"));
        assertThat(refresh(login)).isEqualTo("401 InvalidSession");
        assertThat(refresh(there.logIn(APP, "lost@example.com", "password1"))).isEqualTo("201 ");
    }

    @Test
    void gatewaysLearnOfTheSuspendedTheRevokedAndTheDeleted() {
        long before = changes(0).path("last").asLong();
        String suspended = seenUser().text("user_id");
        String revoked = seenUser().text("user_id");
        Reply deleted = seenUser();
        String untouched = seenUser().text("user_id");
        setStatus(suspended, "suspended");
        here.post("/internal/v1/users/" + revoked + "/revoke", service(), "");
        here.delete(API + "/auth/delete", deleted.text("access_token"));
        await().atMost(SOON).untilAsserted(() -> assertThat(news(before))
                .contains(suspended, revoked, deleted.text("user_id"))
                .doesNotContain(untouched));
    }

    /**
     * A client whose session was ended because of the change binds again, at an instance that has just seen it well.
     */
    @Test
    void whoKnowsOfTheChangeDoesNotAnswerFromMemory() {
        Reply login = seenUser();
        assertThat(authorize(login).status()).isEqualTo(200);
        long before = changes(0).path("last").asLong();
        setStatus(login.text("user_id"), "suspended");
        await().atMost(SOON).until(() -> news(before).contains(login.text("user_id")));
        assertThat(authorize(login).error()).isEqualTo("401 UserDisabled");
    }

    @Test
    void aPasswordThatIsResetEndsWhatTheUserHasOpen() {
        here.register(APP, "reset@example.com", "password1");
        Reply login = here.logIn(APP, "reset@example.com", "password1");
        assertThat(authorize(login).status()).isEqualTo(200);
        long before = changes(0).path("last").asLong();
        Accounts accounts = first.bean(Accounts.class);
        IdentityKey key = new IdentityKey(new AppId(APP), Provider.EMAIL_PASSWORD, "reset@example.com");
        accounts.changePassword(Objects.requireNonNull(accounts.findIdentity(key)), "another hash");
        await().atMost(SOON).untilAsserted(() -> assertThat(news(before)).contains(login.text("user_id")));
        assertThat(authorize(login).error()).isEqualTo("401 InvalidSession");
        assertThat(refresh(login)).isEqualTo("401 InvalidSession");
    }

    @Test
    void aLogOutOfOneDeviceIsNoNewsForGateways() {
        long before = changes(0).path("last").asLong();
        Reply login = seenUser();
        here.delete(API + "/auth/session", login.text("refresh_token"));
        assertThat(refresh(login)).isEqualTo("401 InvalidSession");
        assertThat(news(before)).doesNotContain(login.text("user_id"));
    }

    @Test
    void onlyServicesChangeUsersAndOnlyKnownOnes() {
        String user = seenUser().text("user_id");
        assertThat(here.send("PATCH", "/internal/v1/users/" + user, null, "{\"status\":\"suspended\"}").status())
                .isEqualTo(401);
        assertThat(here.post("/internal/v1/users/" + user + "/revoke", null, "").status()).isEqualTo(401);
        assertThat(setStatus("0".repeat(24), "suspended").error()).isEqualTo("404 UserNotFound");
        assertThat(setStatus(user, "gone").error()).isEqualTo("400 BadRequest");
    }

    @Test
    void rotationOfKeysLogsNobodyOut() {
        Reply login = seenUser();
        Reply rotated = here.post("/internal/v1/keys/rotate", service(), "");
        assertThat(rotated.status()).isEqualTo(200);
        assertThat(here.get("/.well-known/jwks.json", null).json().path("keys").size()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> there.get("/.well-known/jwks.json", null).json().path("keys").size() == 2);
        assertThat(profile(login)).isEqualTo("200 ");
        assertThat(refresh(login)).isEqualTo("201 ");
        assertThat(refresh(here.anonymous(APP))).isEqualTo("201 ");
        assertThat(here.post("/internal/v1/keys/rotate", null, "").status()).isEqualTo(401);
    }
}
