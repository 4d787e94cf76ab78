// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.permission.AccessChange;
import org.openros.core.permission.AccessChanges;

/**
 * What is known about users, remembered so that an outage of the store logs nobody out. A good answer may come from
 * memory; a bad one does only if it is final, for deleted users never come back. What is remembered of a user counts no
 * longer when the list of access changes names the user. Thread-safe.
 */
public final class UserStates {
    /** Within this time the log-out of one device through another process may go unnoticed: it is in no list. */
    static final Duration FRESH = Duration.ofSeconds(10);

    /** How long an outage is bridged. */
    static final Duration KEPT = Duration.ofHours(2);

    /** Users and log-ins together; an entry has a few hundred bytes. */
    private static final long MAX_WEIGHT = 200_000;

    private final Accounts accounts;
    private final AccessChanges changes;
    private final Duration loginLife;
    private final Ticker ticker;
    private final Cache<String, Seen> cache;

    /**
     * Creates the memory.
     *
     * @param loginLife how long a log-in lives that was begun while the store was away
     */
    public UserStates(Accounts accounts, AccessChanges changes, Duration loginLife, Ticker ticker) {
        this.accounts = accounts;
        this.changes = changes;
        this.loginLife = loginLife;
        this.ticker = ticker;
        cache = Caffeine.newBuilder()
                .maximumWeight(MAX_WEIGHT)
                .<String, Seen>weigher((id, seen) -> seen.weight())
                .expireAfterWrite(KEPT.toNanos(), TimeUnit.NANOSECONDS)
                .ticker(ticker)
                .build();
    }

    /**
     * Whether user and log-in are good, from memory if it is fresh and says so.
     *
     * @throws StoreUnavailableException if the store does not answer and memory has no answer either
     */
    public Standing standing(String userId, String loginId, Instant now) {
        Seen seen = valid(userId);
        if (seen != null && (isFresh(seen) || !accounts.isReachable())
                && seen.standing(loginId, now) == Standing.GOOD) {
            return Standing.GOOD;
        }
        return currentStanding(userId, loginId, now);
    }

    /**
     * Whether user and log-in are good, from the store; from memory only while the store is away.
     *
     * @throws StoreUnavailableException if the store does not answer and memory has no answer either
     */
    public Standing currentStanding(String userId, String loginId, Instant now) {
        Seen seen = accounts.isReachable() ? null : valid(userId);
        if (seen != null && isGoodDuringOutage(seen, loginId, now)) {
            return Standing.GOOD;
        }
        try {
            User user = current(userId);
            Standing standing = Seen.standing(user, loginId, now);
            boolean late = standing == Standing.NO_LOGIN && NewLogin.isProvisional(loginId);
            return late && user != null ? store(user, loginId, now) : standing;
        } catch (StoreUnavailableException e) {
            return remembered(userId, loginId, now, e);
        }
    }

    /** A log-in that was begun during an outage is stored now, unless the user has ended any since then. */
    private Standing store(User user, String loginId, Instant now) {
        Instant begun = NewLogin.begunAt(loginId);
        Instant end = begun.plus(loginLife);
        boolean ended = user.lastEnd() != null && !HexIds.time(user.lastEnd()).isBefore(begun);
        if (ended || !end.isAfter(now)) {
            return Standing.NO_LOGIN;
        }
        boolean stored = accounts.addLoginOf(user, new NewLogin(loginId, end));
        User changed = current(user.id());
        if (stored) {
            return Seen.standing(changed, loginId, now);
        }
        Standing standing = Seen.standing(changed, loginId, now);
        if (standing == Standing.NO_LOGIN) {
            throw new StoreUnavailableException("the user is being changed by others");
        }
        return standing;
    }

    private static boolean isGoodDuringOutage(Seen seen, String loginId, Instant now) {
        Standing standing = seen.standing(loginId, now);
        return standing == Standing.GOOD || (standing == Standing.NO_LOGIN && NewLogin.isProvisional(loginId));
    }

    private Standing remembered(String userId, String loginId, Instant now, StoreUnavailableException cause) {
        Seen seen = valid(userId);
        if (seen != null && isGoodDuringOutage(seen, loginId, now)) {
            return Standing.GOOD;
        }
        Standing standing = seen == null ? Standing.NO_LOGIN : seen.standing(loginId, now);
        return switch (standing) {
            case GOOD, NO_USER -> standing;
            // Through another process the user may have been admitted again, or the log-in made, since then.
            case DISABLED, NO_LOGIN -> throw cause;
        };
    }

    /** The user as it is now, or null if there is none; also refreshes memory. */
    public @Nullable User current(String userId) {
        long asOf = changes.last();
        User user = accounts.findUser(userId);
        cache.put(userId, new Seen(user, ticker.read(), asOf));
        return user;
    }

    /** What is remembered of the user and has not been overtaken by a change; null if nothing is. */
    private @Nullable Seen valid(String userId) {
        Seen seen = cache.getIfPresent(userId);
        boolean overtaken = seen != null
                && seen.user() != null
                && changes.mayHaveChanged(new AccessChange(null, userId), seen.asOf());
        return overtaken ? null : seen;
    }

    /** The user as it is now, or as remembered while the store is away. */
    public @Nullable User currentOrRemembered(String userId) {
        Seen known = accounts.isReachable() ? null : valid(userId);
        if (known != null) {
            // The store would be waited for, for seconds.
            return known.user();
        }
        try {
            return current(userId);
        } catch (StoreUnavailableException e) {
            Seen seen = valid(userId);
            if (seen == null) {
                throw e;
            }
            return seen.user();
        }
    }

    /** The user as last seen, without asking; null if it has not been seen or is gone. */
    public @Nullable User remembered(String userId) {
        Seen seen = cache.getIfPresent(userId);
        return seen == null ? null : seen.user();
    }

    /** Must be called after each change of a user by this process. */
    public void forget(String userId) {
        cache.invalidate(userId);
    }

    private boolean isFresh(Seen seen) {
        return ticker.read() - seen.at() < FRESH.toNanos();
    }

    /** What can be said about a user and one of its log-ins. */
    public enum Standing {
        /** The user is there and the log-in lives. */
        GOOD,

        /** The user is barred. */
        DISABLED,

        /** The log-in was ended, or never was. */
        NO_LOGIN,

        /** The user was deleted, or never was. */
        NO_USER
    }

    /**
     * What was read.
     *
     * @param at when, by the ticker
     * @param asOf no change of the list up to this number is missed
     */
    private record Seen(@Nullable User user, long at, long asOf) {
        int weight() {
            return user == null ? 1 : 1 + user.logins().size();
        }

        Standing standing(String loginId, Instant now) {
            return standing(user, loginId, now);
        }

        static Standing standing(@Nullable User user, String loginId, Instant now) {
            if (user == null) {
                return Standing.NO_USER;
            }
            if (user.disabled()) {
                return Standing.DISABLED;
            }
            return user.hasLogin(loginId, now) ? Standing.GOOD : Standing.NO_LOGIN;
        }
    }
}
