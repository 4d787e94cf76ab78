// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

/**
 * Decides who may do what with which realm: the default rules of the app, the grant to the user and the grant to
 * everybody together. What was read from the store is remembered until the list of access changes says otherwise, so an
 * outage of the store takes no right from anybody. Thread-safe; blocks.
 */
public final class RealmRights {
    private static final Set<AccessRight> TO_SYNC = Set.of(AccessRight.READ, AccessRight.WRITE);

    /** How long an outage is bridged. */
    private static final Duration KEPT = Duration.ofHours(2);

    /** An entry has some hundred bytes. */
    private static final int MAX_ENTRIES = 100_000;

    private final PermissionRules rules;
    private final Grants grants;
    private final AccessChanges changes;
    private final Cache<GrantKey, Seen> cache;

    private record Seen(Set<AccessRight> rights, long asOf) {}

    RealmRights(PermissionRules rules, Grants grants, AccessChanges changes, Ticker ticker) {
        this.rules = rules;
        this.grants = grants;
        this.changes = changes;
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterAccess(KEPT)
                .ticker(ticker)
                .build();
    }

    /** The realm that a user means by a partition. */
    public RealmPath path(AppId app, Partition partition, String userId) {
        return rules.path(app, partition, userId);
    }

    /**
     * What matters for a session of a user. A right that cannot matter, because the user may read and write anyway, is
     * not looked up.
     *
     * @throws StoreUnavailableException if nobody can say now
     */
    public RealmAccess toSync(RealmPath path, String userId) {
        long asOf = changes.last();
        Set<AccessRight> rights = rules.rights(path, userId);
        return new RealmAccess(path, rights.containsAll(TO_SYNC) ? rights : withGrants(rights, path, userId), asOf);
    }

    /**
     * All rights of a user.
     *
     * @throws StoreUnavailableException if nobody can say now
     */
    public Set<AccessRight> all(RealmPath path, String userId) {
        return withGrants(rules.rights(path, userId), path, userId);
    }

    private Set<AccessRight> withGrants(Set<AccessRight> rights, RealmPath path, String userId) {
        EnumSet<AccessRight> all = EnumSet.noneOf(AccessRight.class);
        if (path.app().isReserved()) {
            return all;
        }
        all.addAll(rights);
        all.addAll(granted(path, userId));
        all.addAll(granted(path, null));
        return all;
    }

    private Set<AccessRight> granted(RealmPath path, @Nullable String user) {
        GrantKey key = new GrantKey(path, user);
        Seen seen = cache.getIfPresent(key);
        if (seen != null && !changes.mayHaveChanged(new AccessChange(path, user), seen.asOf())) {
            return seen.rights();
        }
        long asOf = changes.last();
        Set<AccessRight> rights = grants.find(path, user);
        cache.put(key, new Seen(rights, asOf));
        return rights;
    }
}
