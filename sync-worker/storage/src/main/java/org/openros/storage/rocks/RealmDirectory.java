// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.RealmHead;

/** Realm numbers and heads: on disk, and the latest few in memory. Thread-safe. */
final class RealmDirectory {
    private static final int REMEMBERED = 4096;

    private final StateDatabase db;
    private final Map<RealmPath, RealmSlot> recent = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RealmPath, RealmSlot> eldest) {
            return size() > REMEMBERED;
        }
    };

    RealmDirectory(StateDatabase db) {
        this.db = db;
    }

    /** A realm as applied, or null if nothing was. */
    @Nullable RealmSlot find(RealmPath realm) {
        RealmSlot known = remembered(realm);
        return known == null ? load(realm) : known;
    }

    private synchronized @Nullable RealmSlot remembered(RealmPath realm) {
        return recent.get(realm);
    }

    /** Not remembered here, since the applier may be about to change it. */
    private @Nullable RealmSlot load(RealmPath realm) {
        byte[] number = db.get(Family.META, Keys.realm(realm.value()));
        if (number == null) {
            return null;
        }
        byte[] head = db.get(Family.META, Keys.head(Values.realm(number)));
        return new RealmSlot(Values.realm(number), head == null ? RealmHead.EMPTY : Values.head(head), false);
    }

    /** Remembers realms as they have just been applied, and that some are gone. */
    synchronized void remember(Map<RealmPath, RealmSlot> applied, Set<RealmPath> erased) {
        recent.putAll(applied);
        erased.forEach(recent::remove);
    }

    List<RealmPath> list(String prefix, @Nullable RealmPath after, int limit) {
        byte[] from = Keys.realm(prefix);
        if (after != null && after.value().compareTo(prefix) >= 0) {
            from = Keys.behind(Keys.realm(after.value()));
        }
        List<RealmPath> found = new ArrayList<>();
        db.scan(Family.META, from, Keys.endOf(Keys.realm(prefix)), (key, value) -> {
            found.add(Keys.path(key));
            return found.size() < limit;
        });
        return found;
    }

    int lastNumber() {
        byte[] last = db.get(Family.META, Keys.LAST_REALM);
        return last == null ? 0 : Values.realm(last);
    }
}
