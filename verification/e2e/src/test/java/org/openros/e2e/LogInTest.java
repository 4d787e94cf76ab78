// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.SharedServer;
import org.openros.stock.AppFailure;
import org.openros.stock.ClientApp;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LogInTest {
    private static final String PASSWORD = "correct horse";

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Devices devices = new Devices();

    @Test
    void everyAnonymousLogInIsSomebodyNew() {
        User one = devices.install(SERVER.url()).logInAnonymously();
        User other = devices.install(SERVER.url()).logInAnonymously();

        assertThat(one.isLoggedIn()).isTrue();
        assertThat(one.id()).isNotEqualTo(other.id());
    }

    @Test
    void anAccountIsTheSameUserOnEveryDevice() {
        ClientApp phone = devices.install(SERVER.url());
        phone.register("same@example.com", PASSWORD);
        User onPhone = phone.logIn("same@example.com", PASSWORD);
        User onTablet = devices.install(SERVER.url()).logIn("same@example.com", PASSWORD);

        assertThat(onTablet.id()).isEqualTo(onPhone.id());
        assertThat(onTablet.profile()).contains("same@example.com");
    }

    @Test
    void wrongPasswordIsRefused() {
        ClientApp app = devices.install(SERVER.url());
        app.register("wrong@example.com", PASSWORD);

        assertThatExceptionOfType(AppFailure.class)
                .isThrownBy(() -> app.logIn("wrong@example.com", "incorrect horse"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("RLM_ERR_INVALID_PASSWORD"));
    }

    @Test
    void anAddressRegistersOnce() {
        ClientApp app = devices.install(SERVER.url());
        app.register("once@example.com", PASSWORD);

        assertThatExceptionOfType(AppFailure.class)
                .isThrownBy(() -> app.register("once@example.com", "another password"))
                .satisfies(failure -> assertThat(failure.code()).isEqualTo("RLM_ERR_ACCOUNT_NAME_IN_USE"));
    }

    @Test
    void logOutEndsTheLogInOfThatDeviceOnly() {
        ClientApp phone = devices.install(SERVER.url());
        phone.register("out@example.com", PASSWORD);
        User onPhone = phone.logIn("out@example.com", PASSWORD);
        User onTablet = devices.install(SERVER.url()).logIn("out@example.com", PASSWORD);

        onPhone.logOut();

        assertThat(onPhone.isLoggedIn()).isFalse();
        assertThat(onTablet.isLoggedIn()).isTrue();
        onTablet.open("after-log-out").download();
    }
}
