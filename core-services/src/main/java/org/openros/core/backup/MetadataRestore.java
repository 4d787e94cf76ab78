// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataCopies;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.Transaction;
import org.openros.domain.RealmPath;

/**
 * Takes the metadata of a backup over into that of this server, object by object, from a realm in which a worker has
 * it. What is about this server only stays as it is. Thread-safe; blocks.
 */
public final class MetadataRestore {
    private static final int OBJECTS = 100;

    private final MetadataStore store;
    private final MetadataCopies copies;
    private final Directory directory;

    MetadataRestore(MetadataStore store, MetadataCopies copies, Directory directory) {
        this.store = store;
        this.copies = copies;
        this.directory = directory;
    }

    /** Whether this server has no users and no realms yet. */
    public boolean isEmptyServer() {
        return store.list(MetadataTable.USER, "", null, 1).isEmpty()
                && directory.realms().allMatch(RealmRow::isDeleted);
    }

    /** Whether the objects of a class go with a backup to another server. */
    private static boolean isTaken(MetadataTable table) {
        return switch (table) {
            case OFFER, OFFERER, GRANT, GRANTEE, USER, USER_NAME, IDENTITY, MAIL_TOKEN, ADMIN_TOKEN -> true;
            // Realms are restored one by one, under other names at the workers.
            case REALM, TRASH, PURGE, MOVE, MOVING -> false;
            case ACCESS_FEED, ACCESS_CHANGE, JOB, ACTIVE_JOB, IDEMPOTENT_REQUEST -> false;
        };
    }

    /** Takes over what a worker has in a realm. Done again, it changes nothing. */
    void from(RealmPath realm) {
        MetadataStore copy = copies.at(realm);
        for (MetadataTable table : MetadataTable.values()) {
            if (isTaken(table)) {
                take(copy, table);
            }
        }
    }

    private void take(MetadataStore copy, MetadataTable table) {
        @Nullable String after = null;
        List<KeyedObject> page;
        do {
            page = copy.list(table, "", after, OBJECTS);
            Transaction.Builder transaction = Transaction.begin();
            for (KeyedObject object : page) {
                write(transaction, new ObjectRef(table, object.key()), object);
                after = object.key();
            }
            if (!page.isEmpty()) {
                store.commit(transaction.build());
            }
        } while (page.size() == OBJECTS);
    }

    private static void write(Transaction.Builder transaction, ObjectRef ref, KeyedObject object) {
        transaction.erase(ref).create(ref);
        object.object().fields().forEach((field, value) -> transaction.set(ref, field, value));
        object.object().dictionaries().forEach((field, entries) ->
                entries.forEach((entry, value) -> transaction.put(ref, field, entry, value)));
    }
}
