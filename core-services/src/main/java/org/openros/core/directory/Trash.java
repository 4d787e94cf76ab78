// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes deleted realms for good. A realm leaves the trash first, so that it cannot be restored any more, and is noted
 * as one to be removed; then its content goes from all workers of its group; then the note goes. Each step can be made
 * again, so it does not matter who stops where. Thread-safe; blocks.
 */
public final class Trash {
    private static final Logger LOG = LoggerFactory.getLogger(Trash.class);

    /** Longer than any realm token lives, and any gateway does not know of a deletion. */
    static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private static final int PAGE = 100;

    private final MetadataStore store;
    private final RealmHosts hosts;
    private final Duration retention;
    private final Clock clock;

    Trash(MetadataStore store, RealmHosts hosts, Duration retention, Clock clock) {
        this.store = store;
        this.hosts = hosts;
        this.retention = retention;
        this.clock = clock;
    }

    /**
     * Removes a realm of the trash now, without waiting for its time.
     *
     * @param id as in {@link TrashedRealm}
     * @return false if it is not in the trash
     * @throws StoreUnavailableException if its group cannot do it now; it is done later then, and cannot be restored
     */
    public boolean purge(String id) {
        StoredObject object = store.find(RealmRecords.trash(id));
        if (object == null) {
            return false;
        }
        note(new KeyedObject(id, object));
        StoredObject noted = store.find(ref(id));
        if (noted != null) {
            remove(id, noted);
        }
        return true;
    }

    /** Removes what is due. */
    void round() {
        Instant due = clock.instant().minus(retention);
        for (String after = ""; after != null; ) {
            List<KeyedObject> page = store.list(MetadataTable.TRASH, "", after.isEmpty() ? null : after, PAGE);
            page.stream()
                    .filter(object -> RealmRecords.trashedAt(object.object()).isBefore(due))
                    .forEach(this::note);
            after = page.size() < PAGE ? null : page.getLast().key();
        }
        removeNoted();
    }

    private void removeNoted() {
        for (String after = ""; after != null; ) {
            List<KeyedObject> page = store.list(MetadataTable.PURGE, "", after.isEmpty() ? null : after, PAGE);
            for (KeyedObject noted : page) {
                try {
                    remove(noted.key(), noted.object());
                } catch (StoreUnavailableException e) {
                    LOG.debug("{} will be removed later: {}", noted.key(), e.getMessage());
                }
            }
            after = page.size() < PAGE ? null : page.getLast().key();
        }
    }

    private void note(KeyedObject trashed) {
        RealmRow row = RealmRecords.read(trashed.object());
        boolean early = RealmRecords.trashedAt(trashed.object()).isAfter(clock.instant().minus(FORGOTTEN));
        ObjectRef ref = ref(trashed.key());
        store.commit(Transaction.begin()
                .requireExists(RealmRecords.trash(trashed.key()))
                .erase(RealmRecords.trash(trashed.key()))
                .erase(ref)
                .create(ref)
                .set(ref, "path", new Text(row.path().value()))
                .set(ref, "group", new Text(row.group().value()))
                .set(ref, "store", new Text(row.store().value()))
                .set(ref, "mark", new Flag(early))
                .build());
    }

    private void remove(String id, StoredObject noted) {
        GroupId group = new GroupId(required(noted.text("group")));
        RealmPath path = new RealmPath(required(noted.text("store")));
        hosts.change(group, path, RealmHosts.Order.purge(noted.flag("mark")));
        store.commit(Transaction.begin().requireExists(ref(id)).erase(ref(id)).build());
        LOG.info("the deleted realm {} was removed from group {}", noted.text("path"), group);
    }

    private static String required(@Nullable String field) {
        if (field == null) {
            throw new IllegalStateException("a note of a removal without all it needs");
        }
        return field;
    }

    private static ObjectRef ref(String id) {
        return new ObjectRef(MetadataTable.PURGE, id);
    }
}
