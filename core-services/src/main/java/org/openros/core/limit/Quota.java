// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.openros.core.http.ApiError;

/**
 * A token bucket for each of very many names. Names not heard of for ten minutes are forgotten, and beyond 100,000 the
 * ones least heard of: memory is bounded whatever strangers send. Thread-safe.
 */
public final class Quota {
    private static final int MAX_NAMES = 100_000;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);

    private final int perMinute;
    private final int burst;
    private final TimeMeter time;
    private final Cache<String, Bucket> buckets =
            Caffeine.newBuilder().maximumSize(MAX_NAMES).expireAfterAccess(FORGET_AFTER).build();

    /**
     * Creates the quota.
     *
     * @param perMinute how many in a minute; 0 means no limit
     * @param burst how many at once
     */
    Quota(int perMinute, int burst, TimeMeter time) {
        this.perMinute = perMinute;
        this.burst = burst;
        this.time = time;
    }

    /** Takes one; ends in a 429 reply, which tells when to come again, if there is none left. */
    public void take(String name) {
        if (perMinute == 0) {
            return;
        }
        ConsumptionProbe probe = bucket(name).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw ApiError.TOO_MANY.exception(Duration.ofNanos(probe.getNanosToWaitForRefill()));
        }
    }

    /** Gives one back: it was no attempt to guess. */
    public void giveBack(String name) {
        if (perMinute > 0) {
            bucket(name).addTokens(1);
        }
    }

    private Bucket bucket(String name) {
        return buckets.get(name, ignored -> Bucket.builder()
                .withCustomTimePrecision(time)
                .addLimit(limit -> limit.capacity(burst).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .build());
    }
}
