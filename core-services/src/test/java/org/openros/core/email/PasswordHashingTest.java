// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.openros.core.CoreServicesProperties;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordHashingTest {
    private static PasswordHashing hashing(int parallel, int queue, Duration patience) {
        return new PasswordHashing(new CoreServicesProperties.PasswordHashing(parallel, queue, patience));
    }

    private final PasswordHashing relaxed = hashing(2, 64, Duration.ofSeconds(20));

    @Test
    void hashIsSaltedArgon2idAndMatchesItsPasswordOnly() {
        String hash = relaxed.hash("password1");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(relaxed.hash("password1"));
        assertThat(relaxed.matches("password1", hash)).isTrue();
        assertThat(relaxed.matches("password2", hash)).isFalse();
    }

    @Test
    void noPasswordMatchesAMissingAccount() {
        assertThat(relaxed.matches("password1", null)).isFalse();
        assertThat(relaxed.matches("", null)).isFalse();
    }

    @Test
    void damagedHashMatchesNothing() {
        assertThat(relaxed.matches("password1", "not a hash")).isFalse();
    }

    @Test
    void moreThanRunAndWaitAreTurnedAwayWhetherTheAccountExistsOrNot() throws Exception {
        PasswordHashing narrow = hashing(1, 1, Duration.ofSeconds(20));
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            calls.add(() -> narrow.matches("password1", null));
        }
        int turnedAway = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                turnedAway += isTurnedAway(call) ? 1 : 0;
            }
        }
        assertThat(turnedAway).isBetween(1, 15);
        assertThat(narrow.matches("password1", null)).isFalse();
    }

    private static boolean isTurnedAway(Future<Boolean> call) throws InterruptedException {
        try {
            assertThat(call.get()).isFalse();
            return false;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfSatisfying(
                    ApiException.class, reply -> assertThat(reply.error()).isEqualTo(ApiError.UNAVAILABLE));
            return true;
        }
    }
}
