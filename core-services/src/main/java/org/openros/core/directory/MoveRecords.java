// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.RealmKey;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/** How moves are stored. */
final class MoveRecords {
    static final String STATE = "state";
    static final String CANCELLED = "cancelled";
    static final String ADMISSION = "admission";
    static final String CLOSING = "closing";
    static final String COPIED = "copied";

    private static final String MOVE = "move";
    private static final String ENDED = "endedAt";
    private static final String ERROR = "error";

    private final MetadataStore store;

    MoveRecords(MetadataStore store) {
        this.store = store;
    }

    static ObjectRef ref(RealmMove move) {
        return new ObjectRef(MetadataTable.MOVE, move.id());
    }

    /** That a realm is being moved: there is one for each realm at most. */
    static ObjectRef moving(RealmPath path) {
        return new ObjectRef(MetadataTable.MOVING, RealmKey.of(path));
    }

    @Nullable RealmMove find(String id) {
        StoredObject object = store.find(new ObjectRef(MetadataTable.MOVE, id));
        return object == null ? null : read(id, object);
    }

    /** Newest last. */
    List<RealmMove> list(@Nullable String after, int limit) {
        return store.list(MetadataTable.MOVE, "", after, limit).stream()
                .map(object -> read(object.key(), object.object()))
                .toList();
    }

    static void write(Transaction.Builder transaction, RealmMove move) {
        ObjectRef ref = ref(move);
        transaction.requireAbsent(ref).requireAbsent(moving(move.path())).create(ref)
                .set(ref, "path", new Text(move.path().value()))
                .set(ref, "store", new Text(move.store().value()))
                .set(ref, "incarnation", new Whole(move.incarnation()))
                .set(ref, "source", new Text(move.source().value()))
                .set(ref, "target", new Text(move.target().value()))
                .set(ref, STATE, new Text(move.state().name()))
                .set(ref, CANCELLED, new Flag(move.isCancelled()))
                .set(ref, ADMISSION, new Whole(move.admission()))
                .set(ref, CLOSING, new Whole(move.closing()))
                .set(ref, COPIED, new Whole(move.copied()))
                .set(ref, "size", new Whole(move.size()))
                .set(ref, "startedAt", new Moment(move.startedAt()))
                .create(moving(move.path()))
                .set(moving(move.path()), MOVE, new Text(move.id()));
    }

    private static RealmMove read(String id, StoredObject object) {
        return new RealmMove(
                id,
                new RealmPath(text(object, "path")),
                new RealmPath(text(object, "store")),
                object.whole("incarnation"),
                new GroupId(text(object, "source")),
                new GroupId(text(object, "target")),
                RealmMove.State.valueOf(text(object, STATE)),
                object.flag(CANCELLED),
                object.whole(ADMISSION),
                object.whole(CLOSING),
                object.whole(COPIED),
                object.whole("size"),
                object.moment("startedAt"),
                object.fields().containsKey(ENDED) ? object.moment(ENDED) : null,
                object.text(ERROR));
    }

    private static String text(StoredObject object, String field) {
        return Objects.requireNonNull(object.text(field), () -> "a move without " + field);
    }

    /** Begins a transaction that happens only if the move is as it was when it was read, but for counts of bytes. */
    static Transaction.Builder ifUnchanged(Transaction.Builder transaction, RealmMove move) {
        return transaction
                .requireEquals(ref(move), STATE, new Text(move.state().name()))
                .requireEquals(ref(move), ADMISSION, new Whole(move.admission()))
                .requireEquals(ref(move), CLOSING, new Whole(move.closing()));
    }

    /** Changes one field; false if the move is not as it was. */
    boolean change(RealmMove move, String field, FieldValue value) {
        return store.commit(ifUnchanged(Transaction.begin(), move).set(ref(move), field, value).build());
    }

    /** Ends the move; the realm can be moved again then. */
    boolean end(RealmMove move, RealmMove.State state, FieldValue.Moment now) {
        return store.commit(ifUnchanged(Transaction.begin(), move)
                .set(ref(move), STATE, new Text(state.name()))
                .set(ref(move), ENDED, now)
                .erase(moving(move.path()))
                .build());
    }

    /** Gives the move up, for good. */
    boolean giveUp(RealmMove move, @Nullable String error) {
        Transaction.Builder transaction = ifUnchanged(Transaction.begin(), move)
                .set(ref(move), STATE, new Text(RealmMove.State.RETURNING.name()));
        if (error != null) {
            transaction.set(ref(move), ERROR, new Text(error));
        }
        return store.commit(transaction.build());
    }

    void forget(RealmMove move) {
        store.commit(ifUnchanged(Transaction.begin(), move).erase(ref(move)).build());
    }
}
