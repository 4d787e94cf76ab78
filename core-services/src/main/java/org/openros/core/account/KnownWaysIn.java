// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.AccessChange;
import org.openros.core.permission.AccessChanges;

/**
 * The ways in by which users logged in of late, so that they can log in while the store is away. What is remembered
 * counts no longer when the list of access changes names the user: a new password, a suspension and a deletion do.
 * Thread-safe.
 */
public final class KnownWaysIn {
    /** How long an outage is bridged. */
    static final Duration KEPT = Duration.ofHours(2);

    /** An entry has some hundred bytes. */
    private static final int MAX_ENTRIES = 50_000;

    private final AccessChanges changes;
    private final Cache<IdentityKey, Known> cache;

    /** Creates the memory. */
    public KnownWaysIn(AccessChanges changes, Ticker ticker) {
        this.changes = changes;
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .build();
    }

    /**
     * A way in that was good.
     *
     * @param passwordHash null for ways in without a password
     * @param asOf no access change up to this number is missed
     */
    public record Known(String userId, @Nullable String passwordHash, @Nullable String customData, long asOf) {
        @Override
        public String toString() {
            return "Known[" + userId + "]";
        }
    }

    /** Up to where access changes are known; ask before what is remembered is read. */
    public long asOf() {
        return changes.last();
    }

    /** A user has logged in this way. */
    public void remember(IdentityKey key, Known known) {
        cache.put(key, known);
    }

    /** What is remembered; null if nothing is that still counts. */
    public @Nullable Known find(IdentityKey key) {
        Known known = cache.getIfPresent(key);
        boolean counts =
                known != null && !changes.mayHaveChanged(new AccessChange(null, known.userId()), known.asOf());
        return counts ? known : null;
    }
}
