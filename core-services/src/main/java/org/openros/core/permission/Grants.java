// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

/**
 * The grants in the store. Each change goes to the list of access changes too. Thread-safe; blocks; each method throws
 * {@link StoreUnavailableException} when the store cannot say.
 */
public final class Grants {
    private static final String PATH = "path";
    private static final String UPDATED = "updatedAt";
    private static final int ATTEMPTS = 20;

    private final MetadataStore store;
    private final AccessFeed feed;
    private final Clock clock;

    Grants(MetadataStore store, AccessFeed feed, Clock clock) {
        this.store = store;
        this.feed = feed;
        this.clock = clock;
    }

    /**
     * The rights that were given to a user, or with null to everybody; those of everybody are not added to a user's.
     */
    public Set<AccessRight> find(RealmPath path, @Nullable String user) {
        StoredObject object = store.find(new GrantKey(path, user).grant());
        return object == null ? Set.of() : rights(object);
    }

    /**
     * The grants to a realm behind one, in the order of users, at most so many; the one to everybody comes first.
     *
     * @param after the user of the one before, {@code *} for everybody; null to start
     */
    public List<Grant> ofRealm(RealmPath path, @Nullable String after, int limit) {
        String prefix = GrantKey.ofRealm(path);
        return store.list(MetadataTable.GRANT, prefix, after == null ? null : prefix + after, limit).stream()
                .map(object -> grant(path, GrantKey.user(object.key()), object.object()))
                .toList();
    }

    /** A grant as it is; null if there is none. */
    public @Nullable Grant get(RealmPath path, @Nullable String user) {
        StoredObject object = store.find(new GrantKey(path, user).grant());
        return object == null ? null : grant(path, user, object);
    }

    /** The grants to a realm, at most so many. */
    public List<Grant> ofRealm(RealmPath path, int limit) {
        String prefix = GrantKey.ofRealm(path);
        return list(MetadataTable.GRANT, prefix, limit).stream()
                .map(object -> grant(path, GrantKey.user(object.key()), object.object()))
                .toList();
    }

    /** The grants to a user, or with null those to everybody, at most so many. */
    public List<Grant> ofUser(@Nullable String user, int limit) {
        List<Grant> grants = new ArrayList<>();
        for (KeyedObject grantee : list(MetadataTable.GRANTEE, GrantKey.ofUser(user), limit)) {
            RealmPath path = new RealmPath(String.valueOf(grantee.object().text(PATH)));
            StoredObject object = store.find(new GrantKey(path, user).grant());
            if (object != null) {
                grants.add(grant(path, user, object));
            }
        }
        return grants;
    }

    private List<KeyedObject> list(MetadataTable table, String prefix, int limit) {
        List<KeyedObject> all = new ArrayList<>();
        String after = null;
        while (all.size() < limit) {
            int size = Math.min(limit - all.size(), MetadataStore.MAX_PAGE);
            List<KeyedObject> page = store.list(table, prefix, after, size);
            all.addAll(page);
            if (page.size() < size) {
                break;
            }
            after = page.getLast().key();
        }
        return all;
    }

    /** Gives exactly the rights of a level, in place of what was given before. */
    public void set(RealmPath path, @Nullable String user, AccessLevel level) {
        set(path, user, level, before -> {});
    }

    /**
     * Gives exactly the rights of a level, in place of what was given before.
     *
     * @param check throws if what is given in place of is not what the caller believes; null if it is nothing
     */
    public void set(
            RealmPath path, @Nullable String user, AccessLevel level, Consumer<@Nullable Grant> check) {
        change(path, user, before -> {
            check.accept(before);
            return level.rights();
        });
    }

    /** Gives the rights of a level to a user, who keeps what was given before. */
    public void add(RealmPath path, String user, AccessLevel level) {
        change(path, user, before -> {
            Set<AccessRight> both = EnumSet.copyOf(level.rights());
            if (before != null) {
                both.addAll(before.rights());
            }
            return both;
        });
    }

    private void change(
            RealmPath path, @Nullable String user, Function<@Nullable Grant, Set<AccessRight>> change) {
        GrantKey key = new GrantKey(path, user);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            StoredObject before = store.find(key.grant());
            Set<AccessRight> old = before == null ? Set.of() : rights(before);
            Set<AccessRight> now = change.apply(before == null ? null : grant(path, user, before));
            if (now.equals(old)) {
                return;
            }
            if (feed.commit(new AccessChange(path, user), transaction -> {
                require(transaction, key.grant(), before);
                write(transaction, key, now);
            })) {
                return;
            }
        }
        throw new StoreUnavailableException("too many changes of one grant at once");
    }

    private static void require(Transaction.Builder transaction, ObjectRef grant, @Nullable StoredObject before) {
        if (before == null) {
            transaction.requireAbsent(grant);
        } else {
            for (AccessRight right : AccessRight.values()) {
                transaction.requireEquals(grant, column(right), new Flag(before.flag(column(right))));
            }
            transaction.requireEquals(grant, UPDATED, before.fields().get(UPDATED));
        }
    }

    private void write(Transaction.Builder transaction, GrantKey key, Set<AccessRight> rights) {
        if (rights.isEmpty()) {
            transaction.erase(key.grant()).erase(key.grantee());
            return;
        }
        Text path = new Text(key.path().value());
        transaction.create(key.grant()).set(key.grant(), PATH, path);
        for (AccessRight right : AccessRight.values()) {
            transaction.set(key.grant(), column(right), new Flag(rights.contains(right)));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        transaction.set(key.grant(), UPDATED, new Moment(now));
        transaction.create(key.grantee()).set(key.grantee(), PATH, path);
    }

    private static Grant grant(RealmPath path, @Nullable String user, StoredObject object) {
        return new Grant(path, user, rights(object), object.moment(UPDATED));
    }

    private static Set<AccessRight> rights(StoredObject object) {
        EnumSet<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
        for (AccessRight right : AccessRight.values()) {
            if (object.flag(column(right))) {
                rights.add(right);
            }
        }
        return rights;
    }

    private static String column(AccessRight right) {
        return switch (right) {
            case READ -> "read";
            case WRITE -> "write";
            case MANAGE -> "manage";
        };
    }
}
