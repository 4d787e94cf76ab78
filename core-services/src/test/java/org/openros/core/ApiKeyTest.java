// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.metadata.MetadataTable;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class ApiKeyTest {
    private static final String APP = "test-app";
    private static final String KEYS = API + "/auth/api_keys";

    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(folder.resolve("keys.json"));
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

    private static Reply create(Reply owner, String name) {
        return api.post(KEYS, owner.text("refresh_token"), "{\"name\":\"" + name + "\"}");
    }

    private static Reply created(Reply owner, String name) {
        Reply key = create(owner, name);
        assertThat(key.status()).as(key.body()).isEqualTo(201);
        return key;
    }

    private static Reply get(Reply owner, String path) {
        return api.get(KEYS + path, owner.text("refresh_token"));
    }

    private static Reply put(Reply owner, Reply key, String action) {
        return api.send("PUT", KEYS + "/" + key.text("_id") + "/" + action, owner.text("refresh_token"), null);
    }

    private static Reply delete(Reply owner, Reply key) {
        return api.delete(KEYS + "/" + key.text("_id"), owner.text("refresh_token"));
    }

    @Test
    void newKeyIsShownOnceWithAllThatClientsNeed() {
        Reply owner = api.anonymous(APP);
        Reply key = created(owner, "key1");
        assertThat(key.text("_id")).matches("[0-9a-f]{24}");
        assertThat(key.text("key")).matches("[\\w-]{43}");
        assertThat(key.text("name")).isEqualTo("key1");
        assertThat(key.json().path("disabled").isBoolean()).isTrue();
        Reply fetched = get(owner, "/" + key.text("_id"));
        assertThat(fetched.json().propertyNames()).containsExactlyInAnyOrder("_id", "name", "disabled");
    }

    @Test
    void listHasTheKeysOfItsOwnerOnly() {
        Reply owner = api.anonymous(APP);
        assertThat(get(owner, "").body()).isEqualTo("[]");
        created(owner, "a");
        created(owner, "b");
        created(api.anonymous(APP), "c");
        assertThat(get(owner, "").json().valueStream().map(key -> key.path("name").stringValue()))
                .containsExactlyInAnyOrder("a", "b");
        assertThat(get(owner, "").body()).doesNotContain("\"key\"");
    }

    @Test
    void keyLogsInItsOwner() {
        Reply owner = api.anonymous(APP);
        Reply key = created(owner, "key1");
        Reply login = api.logInWithKey(APP, key.text("key"));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.text("user_id")).isEqualTo(owner.text("user_id"));
        assertThat(login.text("device_id")).isNotEqualTo(owner.text("device_id"));
        JsonNode profile = api.get(API + "/auth/profile", login.text("access_token")).json();
        assertThat(profile.path("identities").valueStream().map(way -> way.path("provider_type").stringValue()))
                .containsExactlyInAnyOrder("anon-user", "api-key");
    }

    @Test
    void keyIsGoodForItsAppOnly() {
        String key = created(api.anonymous(APP), "key1").text("key");
        assertThat(api.logInWithKey("other-app", key).error()).isEqualTo("401 AuthError");
    }

    @Test
    void disabledKeyIsRefusedUntilItIsEnabled() {
        Reply owner = api.anonymous(APP);
        Reply key = created(owner, "key1");
        assertThat(put(owner, key, "disable").status()).isEqualTo(204);
        assertThat(api.logInWithKey(APP, key.text("key")).error()).isEqualTo("401 AuthError");
        assertThat(get(owner, "/" + key.text("_id")).json().path("disabled").booleanValue()).isTrue();
        assertThat(put(owner, key, "disable").status()).isEqualTo(204);
        assertThat(put(owner, key, "enable").status()).isEqualTo(204);
        assertThat(api.logInWithKey(APP, key.text("key")).status()).isEqualTo(200);
    }

    @Test
    void deletedKeyIsGone() {
        Reply owner = api.anonymous(APP);
        Reply key = created(owner, "key1");
        assertThat(delete(owner, key).status()).isEqualTo(204);
        assertThat(api.logInWithKey(APP, key.text("key")).error()).isEqualTo("401 AuthError");
        assertThat(get(owner, "/" + key.text("_id")).error()).isEqualTo("404 APIKeyNotFound");
        assertThat(get(owner, "").body()).isEqualTo("[]");
        assertThat(delete(owner, key).error()).isEqualTo("404 APIKeyNotFound");
        assertThat(put(owner, key, "enable").error()).isEqualTo("404 APIKeyNotFound");
        assertThat(create(owner, "key1").status()).isEqualTo(201);
    }

    @Test
    void keysOfOthersAreNotFound() {
        Reply key = created(api.anonymous(APP), "key1");
        Reply stranger = api.anonymous(APP);
        assertThat(get(stranger, "/" + key.text("_id")).error()).isEqualTo("404 APIKeyNotFound");
        assertThat(put(stranger, key, "disable").error()).isEqualTo("404 APIKeyNotFound");
        assertThat(delete(stranger, key).error()).isEqualTo("404 APIKeyNotFound");
        assertThat(api.logInWithKey(APP, key.text("key")).status()).isEqualTo(200);
    }

    @Test
    void otherWaysInAreNoKeys() {
        Reply owner = api.anonymous(APP);
        JsonNode profile = api.get(API + "/auth/profile", owner.text("access_token")).json();
        String ticket = profile.at("/identities/0/id").stringValue();
        assertThat(get(owner, "/" + ticket).error()).isEqualTo("404 APIKeyNotFound");
        assertThat(api.delete(KEYS + "/" + ticket, owner.text("refresh_token")).error())
                .isEqualTo("404 APIKeyNotFound");
        assertThat(get(owner, "").body()).isEqualTo("[]");
    }

    @Test
    void keysGoWithTheirUser() {
        Reply owner = api.anonymous(APP);
        String key = created(owner, "key1").text("key");
        long identities = core.store().count(MetadataTable.IDENTITY);
        assertThat(api.delete(API + "/auth/delete", owner.text("access_token")).status()).isEqualTo(204);
        assertThat(core.store().count(MetadataTable.IDENTITY)).isEqualTo(identities - 2);
        assertThat(api.logInWithKey(APP, key).error()).isEqualTo("401 AuthError");
    }

    @Test
    void anonymousUserWithAKeyOutlivesItsLogOut() {
        Reply owner = api.anonymous(APP);
        String key = created(owner, "key1").text("key");
        api.delete(API + "/auth/session", owner.text("refresh_token"));
        assertThat(api.logInWithKey(APP, key).text("user_id")).isEqualTo(owner.text("user_id"));
    }

    @Test
    void nameIsUniqueAmongTheKeysOfAUser() {
        Reply owner = api.anonymous(APP);
        created(owner, "key1");
        assertThat(create(owner, "key1").error()).isEqualTo("409 APIKeyAlreadyExists");
        assertThat(create(api.anonymous(APP), "key1").status()).isEqualTo(201);
    }

    @Test
    void simultaneousRequestsForOneNameMakeOneKey() throws Exception {
        Reply owner = api.anonymous(APP);
        List<Callable<Reply>> calls =
                IntStream.range(0, 4).<Callable<Reply>>mapToObj(i -> () -> create(owner, "key1")).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            List<Reply> replies = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
            assertThat(replies).extracting(Reply::status).containsOnlyOnce(201);
        }
        assertThat(get(owner, "").json().size()).isEqualTo(1);
    }

    @Test
    void numberOfKeysIsLimited() {
        Reply owner = api.anonymous(APP);
        for (int i = 0; i < 20; i++) {
            created(owner, "key" + i);
        }
        assertThat(create(owner, "one more").error()).isEqualTo("400 BadRequest");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|400 BadRequest",
                "[]|400 BadRequest",
                "{}|400 MissingParameter",
                "{\"name\":null}|400 MissingParameter",
                "{\"name\":7}|400 BadRequest",
                "{\"name\":\" \"}|400 BadRequest",
                "{\"name\":\"a\\u0000\"}|400 BadRequest"
            })
    void nameMustBePrintableText(String body, String error) {
        assertThat(api.post(KEYS, api.anonymous(APP).text("refresh_token"), body).error()).isEqualTo(error);
    }

    @Test
    void veryLongNameIsRefused() {
        assertThat(create(api.anonymous(APP), "x".repeat(257)).error()).isEqualTo("400 BadRequest");
    }

    @Test
    void onlyTheRefreshTokenIsTaken() {
        Reply owner = api.anonymous(APP);
        for (@Nullable String token : new @Nullable String[] {null, "x", owner.text("access_token")}) {
            assertThat(api.get(KEYS, token).error()).isEqualTo("401 InvalidSession");
            assertThat(api.post(KEYS, token, "{\"name\":\"a\"}").error()).isEqualTo("401 InvalidSession");
            assertThat(api.delete(KEYS + "/1", token).error()).isEqualTo("401 InvalidSession");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"key\":\"never given out\"}|401 AuthError",
                "{\"key\":\"\"}|401 AuthError",
                "{\"key\":5}|400 BadRequest",
                "{}|400 MissingParameter"
            })
    void logInWithoutAGoodKeyIsRefused(String body, String error) {
        assertThat(api.post(ApiClient.providers(APP) + "api-key/login", null, body).error()).isEqualTo(error);
    }

    @Test
    void keyIsNothingToLink() {
        Reply owner = api.anonymous(APP);
        String key = created(owner, "key1").text("key");
        Reply link = api.post(
                ApiClient.providers(APP) + "api-key/login?link=true",
                api.anonymous(APP).text("access_token"),
                "{\"key\":\"" + key + "\"}");
        assertThat(link.error()).isEqualTo("400 BadRequest");
    }

    @Test
    void outageOfTheStoreIsNeverARefusal() {
        Reply owner = api.anonymous(APP);
        Reply key = created(owner, "key1");
        api.post(API + "/auth/session", owner.text("refresh_token"), "");
        core.store().setAway(true);
        assertThat(api.logInWithKey(APP, key.text("key")).error()).isEqualTo("503 MaintenanceInProgress");
        assertThat(get(owner, "").error()).isEqualTo("503 MaintenanceInProgress");
        assertThat(put(owner, key, "disable").error()).isEqualTo("503 MaintenanceInProgress");
    }
}
