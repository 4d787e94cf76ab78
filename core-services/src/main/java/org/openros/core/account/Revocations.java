// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;

/**
 * Tells all processes that what a user was given before is no longer good. Events lie in a ring of buckets, one for each
 * minute, so that what is new is found by reading one or two objects, and old events are overwritten. An event is
 * written in the same transaction as its cause. Thread-safe; blocks; each method throws
 * {@link StoreUnavailableException} when the store cannot say.
 */
public final class Revocations {
    /** How far back events can be found. */
    public static final Duration REACH = Duration.ofMinutes(118);

    /** By how much the clocks of processes may differ without an event being missed. */
    public static final Duration SKEW = Duration.ofMinutes(1);

    private static final int BUCKETS = 120;
    private static final String MINUTE = "minute";
    private static final String USERS = "users";

    private final MetadataStore store;
    private final Clock clock;

    /** Creates the object. */
    public Revocations(MetadataStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Adds an event to a transaction, which is refused when the minute turns meanwhile: begin again. */
    void add(Transaction.Builder transaction, String userId) {
        Instant now = clock.instant();
        long minute = minute(now);
        ObjectRef bucket = bucket(minute);
        StoredObject old = store.find(bucket);
        if (old == null) {
            transaction.requireAbsent(bucket).create(bucket).set(bucket, MINUTE, new Whole(minute));
        } else {
            transaction.requireEquals(bucket, MINUTE, new Whole(old.whole(MINUTE)));
            if (old.whole(MINUTE) != minute) {
                old.entries(USERS).keySet().forEach(user -> transaction.remove(bucket, USERS, user));
                transaction.set(bucket, MINUTE, new Whole(minute));
            }
        }
        transaction.put(bucket, USERS, userId, new Moment(now));
    }

    /** The events from a point in time on, and those of the minute before it; at most {@link #REACH} back. */
    public List<Revocation> since(Instant start) {
        Instant now = clock.instant();
        Instant first = start.isBefore(now.minus(REACH)) ? now.minus(REACH) : start;
        List<Revocation> events = new ArrayList<>();
        for (long minute = minute(first.minus(SKEW)); minute <= minute(now.plus(SKEW)); minute++) {
            events.addAll(in(minute));
        }
        return events;
    }

    private List<Revocation> in(long minute) {
        @Nullable StoredObject bucket = store.find(bucket(minute));
        if (bucket == null || bucket.whole(MINUTE) != minute) {
            return List.of();
        }
        List<Revocation> events = new ArrayList<>();
        bucket.entries(USERS).forEach((userId, value) -> {
            if (value instanceof Moment(Instant at)) {
                events.add(new Revocation(userId, at));
            }
        });
        return events;
    }

    private static long minute(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 60);
    }

    private static ObjectRef bucket(long minute) {
        return new ObjectRef(MetadataTable.REVOCATIONS, Long.toString(Math.floorMod(minute, BUCKETS)));
    }

    /**
     * What a user was given before a point in time has ended: by suspension, deletion, a new password, or an operator.
     *
     * @param at by the clock of the process that wrote it
     */
    public record Revocation(String userId, Instant at) {}
}
