// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;

class SlidingLogInTest {
    private static final LaterClock CLOCK = new LaterClock();

    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        core = CoreServicesRunner.start(
                CLOCK,
                folder.resolve("keys.json"),
                "--ros.auth.refresh-token-lifetime=60d",
                "--ros.auth.login-max-lifetime=365d");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
    }

    private static String refresh(Reply login) {
        return api.post(API + "/auth/session", login.text("refresh_token"), "").error();
    }

    @Test
    void logInThatIsNotUsedEndsAndOneThatIsUsedLivesOn() {
        Reply idle = api.anonymous("test-app");
        Reply used = api.anonymous("test-app");
        CLOCK.advance(Duration.ofDays(59));
        assertThat(refresh(used)).isEqualTo("201 ");
        CLOCK.advance(Duration.ofDays(2));
        assertThat(refresh(idle)).isEqualTo("401 InvalidSession");
        assertThat(refresh(used)).isEqualTo("201 ");
    }

    @Test
    void logInEndsInTheEndHoweverMuchItIsUsed() {
        Reply used = api.anonymous("test-app");
        for (int month = 0; month < 12; month++) {
            CLOCK.advance(Duration.ofDays(30));
            assertThat(refresh(used)).isEqualTo("201 ");
        }
        CLOCK.advance(Duration.ofDays(6));
        assertThat(refresh(used)).isEqualTo("401 InvalidSession");
    }

    @Test
    void logInThatWasEndedIsNotRevivedByItsUse() {
        Reply used = api.anonymous("test-app");
        CLOCK.advance(Duration.ofDays(30));
        assertThat(api.delete(API + "/auth/session", used.text("refresh_token")).status()).isEqualTo(204);
        assertThat(refresh(used)).isEqualTo("401 InvalidSession");
    }

    private static final class LaterClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
