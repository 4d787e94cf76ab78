// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.stock.AppFailure;
import org.openros.stock.ClientApp;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.openros.e2e.Items.has;
import static org.openros.e2e.Items.put;

/**
 * What stock clients make of it when their user is suspended, deleted, or logged out everywhere while they are
 * connected.
 */
class SuspensionTest {
    private static final String PASSWORD = "correct horse";
    private static final String ADDRESS = "ann@example.com";
    private static final String REALM = "shared";

    /** Within this time a change takes effect on sessions that are open. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    final Devices devices = new Devices();

    @RegisterExtension
    final OwnServer server = new OwnServer();

    private SyncedRealm ofBob;

    @BeforeEach
    void start() {
        ofBob = devices.install(server.url()).logInAnonymously().open(REALM);
        put(ofBob, "first");
        ofBob.upload();
    }

    private ClientApp registered() {
        ClientApp app = devices.install(server.url());
        app.register(ADDRESS, PASSWORD);
        return app;
    }

    private static ConditionFactory within(Duration limit, String what) {
        return Awaitility.await(what).atMost(limit);
    }

    private SyncedRealm opened(User user) {
        SyncedRealm realm = user.open(REALM);
        realm.download();
        assertThat(has(realm, "first")).isTrue();
        return realm;
    }

    /** Nothing reaches who is out, and who is not concerned has noticed nothing. */
    private void onlyBobGoesOn(SyncedRealm out) {
        put(ofBob, "secret");
        ofBob.upload();
        assertThat(has(out, "secret")).isFalse();
        assertThat(ofBob.events()).isEmpty();
    }

    @Test
    void aSuspendedUserIsLoggedOutWithinSecondsAndOthersGoOn() {
        User ann = registered().logIn(ADDRESS, PASSWORD);
        SyncedRealm realm = opened(ann);
        server.order("PATCH", "/auth/users/" + ann.id(), "{\"status\":\"suspended\"}");
        within(LIMIT, "the log-out").until(() -> !ann.isLoggedIn());
        onlyBobGoesOn(realm);
        assertThatExceptionOfType(AppFailure.class)
                .isThrownBy(() -> devices.install(server.url()).logIn(ADDRESS, PASSWORD));
    }

    @Test
    void whatASuspendedUserHadNotUploadedIsNotLost() {
        ClientApp app = registered();
        User ann = app.logIn(ADDRESS, PASSWORD);
        SyncedRealm realm = opened(ann);
        realm.goOffline();
        put(realm, "kept");
        server.order("PATCH", "/auth/users/" + ann.id(), "{\"status\":\"suspended\"}");
        realm.goOnline();
        within(LIMIT, "the log-out").until(() -> !ann.isLoggedIn());
        assertThat(has(ofBob, "kept")).isFalse();

        server.order("PATCH", "/auth/users/" + ann.id(), "{\"status\":\"active\"}");
        app.logIn(ADDRESS, PASSWORD);
        realm.goOnline();
        realm.upload();
        within(LIMIT, "the change made before").until(() -> has(ofBob, "kept"));
    }

    @Test
    void aNewPasswordEndsTheSessionsOfAllDevicesAndTheyMayComeBackWithIt() {
        User onPhone = registered().logIn(ADDRESS, PASSWORD);
        User onTablet = devices.install(server.url()).logIn(ADDRESS, PASSWORD);
        SyncedRealm phone = opened(onPhone);
        opened(onTablet);
        server.order("PUT", "/auth/password",
                "{\"user_id\":\"" + onPhone.id() + "\",\"data\":{\"new_password\":\"wrong horse\"}}");
        within(LIMIT, "the log-out").until(() -> !onPhone.isLoggedIn() && !onTablet.isLoggedIn());
        onlyBobGoesOn(phone);
        opened(devices.install(server.url()).logIn(ADDRESS, "wrong horse"));
    }

    @Test
    void whoseTokensAnAdministratorRevokesIsLoggedOutWithinSecondsAndMayLogInAgain() {
        ClientApp app = registered();
        User ann = app.logIn(ADDRESS, PASSWORD);
        SyncedRealm realm = opened(ann);
        HttpResponse<String> answer = server.admin().send("POST", "/admin/v1/users/" + ann.id() + "/revoke-tokens", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        within(LIMIT, "the log-out").until(() -> !ann.isLoggedIn());
        onlyBobGoesOn(realm);

        SyncedRealm again = devices.install(server.url()).logIn(ADDRESS, PASSWORD).open(REALM);
        again.download();
        assertThat(has(again, "secret")).isTrue();
    }

    @Test
    void theSessionsOfADeletedUserEnd() {
        User ann = registered().logIn(ADDRESS, PASSWORD);
        SyncedRealm realm = opened(ann);
        server.order("DELETE", "/auth/users/" + ann.id(), "");
        within(LIMIT, "the log-out").until(() -> !ann.isLoggedIn());
        onlyBobGoesOn(realm);
        assertThatExceptionOfType(AppFailure.class)
                .isThrownBy(() -> devices.install(server.url()).logIn(ADDRESS, PASSWORD));
    }
}
