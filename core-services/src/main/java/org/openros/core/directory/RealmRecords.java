// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.RealmKey;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/** How rows of the directory are stored. */
final class RealmRecords {
    static final String DELETED = "deleted";
    static final String INCARNATION = "incarnation";
    static final String TYPE = "type";

    private static final String PATH = "path";
    private static final String OWNER = "owner";
    static final String GROUP = "group";
    private static final String STORE = "store";
    private static final String CREATED = "createdAt";
    private static final String TRASHED = "deletedAt";

    private RealmRecords() {}

    static ObjectRef ref(RealmPath path) {
        return new ObjectRef(MetadataTable.REALM, RealmKey.of(path));
    }

    static String trashId(RealmRow row) {
        return String.format(Locale.ROOT, "%s %010d", RealmKey.of(row.path()), row.incarnation());
    }

    static ObjectRef trash(String id) {
        return new ObjectRef(MetadataTable.TRASH, id);
    }

    static void write(Transaction.Builder transaction, RealmRow row) {
        ObjectRef ref = ref(row.path());
        writeTo(transaction, ref, row);
        transaction.set(ref, DELETED, new Flag(row.isDeleted()));
    }

    static void writeTrash(Transaction.Builder transaction, RealmRow row, Instant deletedAt) {
        ObjectRef ref = trash(trashId(row));
        writeTo(transaction, ref, row);
        transaction.set(ref, TRASHED, new Moment(deletedAt));
    }

    private static void writeTo(Transaction.Builder transaction, ObjectRef ref, RealmRow row) {
        // Erased first, so that no field of an earlier row stays.
        transaction.erase(ref).create(ref)
                .set(ref, PATH, new Text(row.path().value()))
                .set(ref, TYPE, new Text(row.type().text()))
                .set(ref, GROUP, new Text(row.group().value()))
                .set(ref, STORE, new Text(row.store().value()))
                .set(ref, INCARNATION, new Whole(row.incarnation()))
                .set(ref, CREATED, new Moment(row.createdAt()));
        String owner = row.owner();
        if (owner != null) {
            transaction.set(ref, OWNER, new Text(owner));
        }
    }

    static RealmRow read(StoredObject object) {
        RealmType type = RealmType.named(text(object, TYPE));
        return new RealmRow(
                new RealmPath(text(object, PATH)),
                type == null ? RealmType.FULL : type,
                object.text(OWNER),
                new GroupId(text(object, GROUP)),
                new RealmPath(text(object, STORE)),
                object.whole(INCARNATION),
                object.flag(DELETED),
                object.moment(CREATED));
    }

    static Instant trashedAt(StoredObject object) {
        return object.moment(TRASHED);
    }

    private static String text(StoredObject object, String field) {
        @Nullable String text = object.text(field);
        if (text == null) {
            throw new IllegalStateException("a row of the directory without " + field);
        }
        return text;
    }
}
