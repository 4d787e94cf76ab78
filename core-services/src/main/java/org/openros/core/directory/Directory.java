// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.core.permission.AccessChange;
import org.openros.core.permission.AccessChanges;
import org.openros.core.permission.AccessFeed;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

/**
 * Knows the realms. Each change is one conditional transaction, so that a path never has two rows, whichever processes
 * try at once. What was looked up is remembered until the list of access changes says otherwise: an outage of the store
 * closes no realm that was opened before. Thread-safe; blocks; each method throws {@link StoreUnavailableException}
 * when nobody can say now.
 */
public final class Directory {
    /** Paths of workers for realms whose own path was used before. */
    private static final AppId LATER = new AppId("__realms");

    /** How long an outage is bridged. */
    private static final Duration KEPT = Duration.ofHours(2);

    /** An entry has some hundred bytes. */
    private static final int MAX_ENTRIES = 100_000;

    private static final int PAGE = 1000;

    private final MetadataStore store;
    private final AccessFeed feed;
    private final AccessChanges changes;
    private final GroupChoice groups;
    private final Clock clock;
    private final Cache<RealmPath, Seen> cache;

    private record Seen(RealmRow row, long asOf) {}

    Directory(
            MetadataStore store,
            AccessFeed feed,
            AccessChanges changes,
            GroupChoice groups,
            Clock clock,
            Ticker ticker) {
        this.store = store;
        this.feed = feed;
        this.changes = changes;
        this.groups = groups;
        this.clock = clock;
        cache = Caffeine.newBuilder()
                .maximumSize(MAX_ENTRIES)
                .expireAfterAccess(KEPT)
                .ticker(ticker)
                .build();
    }

    /** The row of a realm, deleted or not; null if the path was never used. */
    public @Nullable RealmRow find(RealmPath path) {
        StoredObject object = store.find(RealmRecords.ref(path));
        return object == null ? null : RealmRecords.read(object);
    }

    /**
     * The row of a realm that a user opens, from memory if it can; made if the path was never used. During an outage of
     * the store it is not certain, if there is one group only.
     */
    public RealmRow open(RealmPath path, String userId) {
        Seen seen = cache.getIfPresent(path);
        if (seen != null && !changes.mayHaveChanged(new AccessChange(path, null), seen.asOf())) {
            return seen.row();
        }
        try {
            return lookUp(path, userId);
        } catch (StoreUnavailableException e) {
            GroupId only = groups.only();
            if (only == null || seen != null) {
                throw e;
            }
            return new RealmRow(path, RealmType.FULL, null, only, path, 0, false, clock.instant());
        }
    }

    private RealmRow lookUp(RealmPath path, String userId) {
        long asOf = changes.last();
        RealmRow found = find(path);
        RealmRow row = found == null ? insert(path, RealmType.FULL, userId) : found;
        cache.put(path, new Seen(row, asOf));
        return row;
    }

    /**
     * Makes a realm.
     *
     * @return the row of the path: the new one, or that of the realm which is there already
     */
    public RealmRow create(RealmPath path, RealmType type, @Nullable String owner) {
        RealmRow found = find(path);
        if (found == null) {
            return insert(path, type, owner);
        }
        return found.isDeleted() ? insertAgain(found, type, owner) : found;
    }

    private RealmRow insert(RealmPath path, RealmType type, @Nullable String owner) {
        RealmRow row = row(path, type, owner, path, 1);
        Transaction.Builder transaction = Transaction.begin().requireAbsent(RealmRecords.ref(path));
        RealmRecords.write(transaction, row);
        return store.commit(transaction.build()) ? row : winner(path);
    }

    /** The new realm has another name at the workers: clients with a file of the deleted one have to start anew. */
    private RealmRow insertAgain(RealmRow deleted, RealmType type, @Nullable String owner) {
        RealmPath fresh = RealmPath.of(LATER, new Partition.Text(HexIds.next(clock.instant())));
        RealmRow row = row(deleted.path(), type, owner, fresh, deleted.incarnation() + 1);
        boolean done = feed.commit(new AccessChange(deleted.path(), null), transaction -> {
            requireUnchanged(transaction, deleted);
            RealmRecords.write(transaction, row);
        });
        return done ? row : winner(deleted.path());
    }

    private RealmRow row(RealmPath path, RealmType type, @Nullable String owner, RealmPath name, long incarnation) {
        return new RealmRow(
                path,
                type,
                owner,
                groups.choose(path, owner),
                name,
                incarnation,
                false,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private RealmRow winner(RealmPath path) {
        RealmRow winner = find(path);
        if (winner == null) {
            throw new StoreUnavailableException("the realm could not be made");
        }
        return winner;
    }

    /**
     * Puts a realm into the trash; its sessions end.
     *
     * @return false if it is not there
     */
    public boolean delete(RealmPath path) {
        RealmRow row = find(path);
        return row != null && !row.isDeleted() && (delete(row) || winner(path).isDeleted());
    }

    /**
     * Puts a realm into the trash; its sessions end.
     *
     * @return false if it is another one by now: read it again
     */
    public boolean delete(RealmRow row) {
        return feed.commit(new AccessChange(row.path(), null), transaction -> {
            requireSame(transaction, row);
            transaction.set(RealmRecords.ref(row.path()), RealmRecords.DELETED, new Flag(true));
            RealmRecords.writeTrash(transaction, row, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        });
    }

    /** Realms in the trash of an app, in the order of their paths. */
    public List<TrashedRealm> trash(AppId app, @Nullable String after, int limit) {
        return store.list(MetadataTable.TRASH, "/" + app + "/", after, limit).stream()
                .map(Directory::trashed)
                .toList();
    }

    /** A realm in the trash; null if there is none. */
    public @Nullable TrashedRealm findTrashed(String id) {
        StoredObject object = store.find(RealmRecords.trash(id));
        return object == null ? null : trashed(new KeyedObject(id, object));
    }

    private static TrashedRealm trashed(KeyedObject object) {
        return new TrashedRealm(
                object.key(), RealmRecords.read(object.object()), RealmRecords.trashedAt(object.object()));
    }

    /**
     * Takes a realm out of the trash again.
     *
     * @return false if its path has a realm again
     */
    public boolean restore(TrashedRealm trashed) {
        RealmPath path = trashed.row().path();
        RealmRow now = find(path);
        if (now == null || !now.isDeleted()) {
            return false;
        }
        // A new number: under the present one another realm of this path may be in the trash.
        RealmRow old = trashed.row();
        RealmRow row = new RealmRow(
                path, old.type(), old.owner(), old.group(), old.store(), now.incarnation() + 1, false, old.createdAt());
        return feed.commit(new AccessChange(path, null), transaction -> {
            requireUnchanged(transaction, now);
            transaction.requireExists(RealmRecords.trash(trashed.id()));
            RealmRecords.write(transaction, row);
            transaction.erase(RealmRecords.trash(trashed.id()));
        });
    }

    /**
     * Puts other content in the place of a realm, or makes the realm with it. What was there goes to the trash; its
     * sessions end, and their clients find the new content under a name that workers never had for this path.
     *
     * @param fresh what the row is to say; its incarnation does not matter
     * @return false if the realm was changed by others meanwhile
     */
    public boolean replace(RealmRow fresh) {
        RealmRow now = find(fresh.path());
        if (now != null && !now.isDeleted() && now.store().equals(fresh.store())) {
            return true;
        }
        RealmRow row = new RealmRow(
                fresh.path(), fresh.type(), fresh.owner(), fresh.group(), fresh.store(),
                now == null ? 1 : now.incarnation() + 1, false, fresh.createdAt());
        boolean done = feed.commit(new AccessChange(row.path(), null), transaction -> {
            if (now == null) {
                transaction.requireAbsent(RealmRecords.ref(row.path()));
            } else {
                requireUnchanged(transaction, now);
            }
            RealmRecords.write(transaction, row);
            if (now != null && !now.isDeleted()) {
                RealmRecords.writeTrash(transaction, now, clock.instant().truncatedTo(ChronoUnit.MILLIS));
            }
        });
        RealmRow after = done ? row : find(row.path());
        return after != null && after.store().equals(row.store());
    }

    /** A name by which workers can know a realm whose own path was used before. */
    static RealmPath laterName(String id) {
        return RealmPath.of(LATER, new Partition.Text(id));
    }

    /**
     * Realms of all apps, in the order of their paths; those in the trash too. Read from the store as they are used.
     */
    public Stream<RealmRow> realms() {
        return Stream.iterate(
                        page(null),
                        page -> !page.isEmpty(),
                        page -> page.size() < PAGE ? List.of() : page(page.getLast().path()))
                .flatMap(List::stream);
    }

    private List<RealmRow> page(@Nullable RealmPath after) {
        String start = after == null ? null : RealmRecords.ref(after).key();
        return store.list(MetadataTable.REALM, "", start, PAGE).stream()
                .map(object -> RealmRecords.read(object.object()))
                .toList();
    }

    /** Changes the type; false if the realm is not there, or was changed meanwhile. */
    public boolean changeType(RealmPath path, RealmType type) {
        RealmRow row = find(path);
        return row != null && !row.isDeleted() && changeType(row, type);
    }

    /** Changes the type; false if the realm is another one by now. */
    public boolean changeType(RealmRow row, RealmType type) {
        Transaction.Builder transaction = Transaction.begin();
        requireSame(transaction, row);
        transaction.set(RealmRecords.ref(row.path()), RealmRecords.TYPE, new Text(type.text()));
        return store.commit(transaction.build());
    }

    /** Realms of an app whose paths begin so, in their order; those in the trash too. */
    public List<RealmRow> list(AppId app, String prefix, @Nullable RealmPath after, int limit) {
        String start = after == null ? null : RealmRecords.ref(after).key();
        return store.list(MetadataTable.REALM, "/" + app + "/" + prefix, start, limit).stream()
                .map(object -> RealmRecords.read(object.object()))
                .toList();
    }

    /**
     * Makes the new place of a realm known.
     *
     * @return false if the realm or the move is not as it was; read again, because it may have happened
     */
    boolean moved(RealmMove move) {
        RealmRow row = find(move.path());
        if (row == null
                || row.isDeleted()
                || row.incarnation() != move.incarnation()
                || !row.group().equals(move.source())) {
            return false;
        }
        return feed.commit(new AccessChange(move.path(), null), transaction -> {
            requireUnchanged(transaction, row);
            MoveRecords.ifUnchanged(transaction, move)
                    .requireEquals(MoveRecords.ref(move), MoveRecords.CANCELLED, new Flag(false))
                    .set(MoveRecords.ref(move), MoveRecords.STATE, new Text(RealmMove.State.SWITCHED.name()))
                    .set(RealmRecords.ref(row.path()), RealmRecords.GROUP, new Text(move.target().value()));
        });
    }

    /** Adds the condition that nothing of a realm that matters has changed since the row was read. */
    static void requireUnchanged(Transaction.Builder transaction, RealmRow row) {
        transaction
                .requireEquals(RealmRecords.ref(row.path()), RealmRecords.DELETED, new Flag(row.isDeleted()))
                .requireEquals(RealmRecords.ref(row.path()), RealmRecords.GROUP, new Text(row.group().value()))
                .requireEquals(
                        RealmRecords.ref(row.path()), RealmRecords.INCARNATION, new Whole(row.incarnation()));
    }

    /** Adds the condition that nothing of a realm has changed since the row was read. */
    private static void requireSame(Transaction.Builder transaction, RealmRow row) {
        requireUnchanged(transaction, row);
        transaction.requireEquals(
                RealmRecords.ref(row.path()), RealmRecords.TYPE, new Text(row.type().text()));
    }
}
