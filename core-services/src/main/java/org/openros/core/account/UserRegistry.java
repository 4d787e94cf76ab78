// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.AppId;

/**
 * Lists users, and makes them without a log-in: what administrators do. Thread-safe; blocks; each method throws
 * {@link StoreUnavailableException} when the store cannot say.
 */
public final class UserRegistry {
    /** A page ends after so many records, however few of them are wanted: the work of a request is bounded. */
    private static final int MAX_SCANNED = 2_000;

    private static final int PAGE = 500;

    private final MetadataStore store;
    private final Clock clock;

    /** Creates the object. */
    public UserRegistry(MetadataStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A user, and when it was made. */
    public record Registered(User user, Instant createdAt) {}

    /**
     * Which users are wanted; null means any.
     *
     * @param provider at least one way in is of this kind
     */
    public record Filter(@Nullable AppId app, @Nullable Provider provider, @Nullable Boolean disabled) {
        boolean fits(User user) {
            return (app == null || app.equals(user.app()))
                    && (disabled == null || disabled == user.disabled())
                    && (provider == null
                            || user.identities().values().stream().anyMatch(key -> key.provider() == provider));
        }
    }

    /**
     * A part of a list.
     *
     * @param next what to go on behind; null at the end
     */
    public record Part(List<Registered> users, @Nullable String next) {}

    /** A user; null if there is certainly none. */
    public @Nullable Registered find(String userId) {
        StoredObject object = store.find(new ObjectRef(MetadataTable.USER, userId));
        return object == null ? null : registered(userId, object);
    }

    private static Registered registered(String id, StoredObject object) {
        return new Registered(AccountRecords.user(id, object), object.moment(AccountRecords.CREATED_AT));
    }

    /**
     * Users in the order of their ids, oldest first. A part may have fewer than asked for, and even none, before the
     * end.
     */
    public Part list(Filter filter, String idPrefix, @Nullable String after, int limit) {
        List<Registered> found = new ArrayList<>();
        String last = after;
        for (int scanned = 0; scanned < MAX_SCANNED; scanned += PAGE) {
            List<KeyedObject> page = store.list(MetadataTable.USER, idPrefix, last, PAGE);
            for (KeyedObject object : page) {
                last = object.key();
                Registered user = registered(object.key(), object.object());
                if (filter.fits(user.user())) {
                    found.add(user);
                }
                if (found.size() == limit) {
                    return new Part(found, last);
                }
            }
            if (page.size() < PAGE) {
                return new Part(found, null);
            }
        }
        return new Part(found, last);
    }

    /** Users of an app who have a way in whose name begins so, in the order of these names. */
    public Part withName(
            Filter filter, AppId app, Provider provider, String prefix, @Nullable String after, int limit) {
        List<Registered> found = new ArrayList<>();
        String start = new IdentityKey(app, provider, prefix).text();
        // The list has only what is longer than its prefix.
        if (after == null) {
            StoredObject exact = store.find(new ObjectRef(MetadataTable.IDENTITY, start));
            add(found, filter, exact);
        }
        int size = Math.max(1, limit - found.size());
        List<KeyedObject> page = store.list(MetadataTable.IDENTITY, start, after, size);
        page.forEach(object -> add(found, filter, object.object()));
        return new Part(found, page.size() < size ? null : page.getLast().key());
    }

    private void add(List<Registered> found, Filter filter, @Nullable StoredObject identity) {
        String userId = identity == null ? null : identity.text(AccountRecords.USER);
        Registered user = userId == null ? null : find(userId);
        if (user != null && filter.fits(user.user())) {
            found.add(user);
        }
    }

    /**
     * Makes a user with one confirmed way in.
     *
     * @return its id, or null if the way in is taken
     */
    public @Nullable String create(IdentityKey key, @Nullable String passwordHash) {
        Instant now = clock.instant();
        String userId = HexIds.next(now);
        String identityId = HexIds.next(now);
        Transaction.Builder transaction = Transaction.begin();
        AccountRecords.addIdentity(transaction, key, identityId, passwordHash, now);
        AccountRecords.addUser(transaction, userId, key.app(), now);
        AccountRecords.tie(transaction, key, identityId, userId);
        // Refused may mean that the reply to a first try was lost.
        return store.commit(transaction.build()) || find(userId) != null ? userId : null;
    }
}
