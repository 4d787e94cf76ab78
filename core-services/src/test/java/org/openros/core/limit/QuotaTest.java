// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QuotaTest {
    private final SetTime time = new SetTime();

    private static void refused(Quota quota, String name) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> quota.take(name))
                .satisfies(reply -> assertThat(reply.error()).isEqualTo(ApiError.TOO_MANY));
    }

    @Test
    void burstIsSpentAndComesBackWithTime() {
        Quota quota = new Quota(20, 40, time);
        for (int i = 0; i < 40; i++) {
            quota.take("a");
        }
        refused(quota, "a");
        quota.take("b");
        time.advance(3);
        quota.take("a");
        refused(quota, "a");
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Quota quota = new Quota(1, 1, time);
        for (int i = 0; i < 5; i++) {
            quota.take("a");
            quota.giveBack("a");
        }
        quota.take("a");
        refused(quota, "a");
    }

    @Test
    void zeroMeansNoLimit() {
        Quota quota = new Quota(0, 1, time);
        for (int i = 0; i < 1_000; i++) {
            quota.take("a");
        }
        quota.giveBack("a");
    }

    private static final class SetTime implements TimeMeter {
        private long nanos;

        void advance(long seconds) {
            nanos += TimeUnit.SECONDS.toNanos(seconds);
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
