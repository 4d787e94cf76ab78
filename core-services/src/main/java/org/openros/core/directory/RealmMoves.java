// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.directory.RealmMove.State;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.Transaction;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moves of realms to other groups. They are started and cancelled anywhere, and carried out by the active
 * directory; the next one goes on where one has stopped. Thread-safe; blocks; each public method throws
 * {@link StoreUnavailableException} when the store cannot say now.
 */
public final class RealmMoves implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RealmMoves.class);

    /** How many run at a time. */
    private static final int PARALLEL = 2;

    /** What is left at the old place outlives all that may still look there. */
    private static final Duration LEFT_OVER = Duration.ofHours(1);

    /** How long an ended move is told of. */
    private static final Duration TOLD = Duration.ofDays(7);

    private static final int PAGE = 1000;

    private final MetadataStore store;
    private final Directory directory;
    private final RealmHosts hosts;
    private final List<GroupId> groups;
    private final Clock clock;
    private final MoveRecords records;
    private final RealmMover mover;
    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newFixedThreadPool(
            PARALLEL, Thread.ofPlatform().daemon().name("realm-move-", 1).factory());

    RealmMoves(MetadataStore store, Directory directory, RealmHosts hosts, List<GroupId> groups, Clock clock) {
        this.store = store;
        this.directory = directory;
        this.hosts = hosts;
        this.groups = List.copyOf(groups);
        this.clock = clock;
        this.records = new MoveRecords(store);
        this.mover = new RealmMover(records, directory, hosts, clock);
    }

    /**
     * Starts to move a realm.
     *
     * @throws IllegalArgumentException if there is no such group, or the realm is in it
     * @return the move; null if there is no such realm, or it is being moved or changed
     */
    public @Nullable RealmMove start(RealmPath path, GroupId target) {
        RealmRow row = directory.find(path);
        if (!groups.contains(target)) {
            throw new IllegalArgumentException(target + " is not one of ros.directory.groups");
        }
        if (row == null || row.isDeleted()) {
            return null;
        }
        if (row.group().equals(target)) {
            throw new IllegalArgumentException("the realm is in group " + target);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long size = hosts.sizes(row.group(), List.of(row.store())).getFirst().storedBytes();
        // In the order of time, by which workers tell which of two moves is the later one.
        String id = String.format("%012x", now.toEpochMilli()) + HexIds.next(now).substring(8);
        RealmMove move = new RealmMove(
                id, path, row.store(), row.incarnation(), row.group(), target, State.RUNNING, false, 0, 0, 0, size, now,
                null, null);
        Transaction.Builder transaction = Transaction.begin();
        Directory.requireUnchanged(transaction, row);
        MoveRecords.write(transaction, move);
        return store.commit(transaction.build()) || records.find(id) != null ? move : null;
    }

    /** A move; null if there was none, or it ended long ago. */
    public @Nullable RealmMove find(String id) {
        return records.find(id);
    }

    /**
     * Moves in the order of their start.
     *
     * @param after only later ones; null to start
     * @param limit 1 to 1,000
     */
    public List<RealmMove> list(@Nullable String after, int limit) {
        return records.list(after, limit);
    }

    /**
     * Asks for a realm to stay where it is.
     *
     * @return false if there is no such move, or it is too late
     */
    public boolean cancel(String id) {
        RealmMove move = records.find(id);
        return move != null
                && move.state() == State.RUNNING
                && store.commit(Transaction.begin()
                        .requireEquals(MoveRecords.ref(move), MoveRecords.STATE, new Text(State.RUNNING.name()))
                        .set(MoveRecords.ref(move), MoveRecords.CANCELLED, new Flag(true))
                        .build());
    }

    /** Goes on with what is to be done; does not wait for it. */
    void round() {
        List<RealmMove> page = records.list(null, PAGE);
        List<RealmMove> all = new ArrayList<>(page);
        while (page.size() == PAGE) {
            page = records.list(page.getLast().id(), PAGE);
            all.addAll(page);
        }
        for (RealmMove move : all) {
            if (move.state().isUnderWay() && running.add(move.id())) {
                goOn(move);
            }
        }
    }

    private void goOn(RealmMove move) {
        try {
            threads.execute(() -> {
                try {
                    mover.run(move.id());
                } catch (StoreUnavailableException e) {
                    LOG.debug("the move {} of {} goes on later: {}", move.id(), move.path(), e.getMessage());
                } catch (RuntimeException e) {
                    LOG.error("the move {} of {} goes on later", move.id(), move.path(), e);
                } finally {
                    running.remove(move.id());
                }
            });
        } catch (RejectedExecutionException e) {
            running.remove(move.id());
        }
    }

    /** Removes what is left of moves that ended some time ago. */
    void clear() {
        Instant now = clock.instant();
        for (RealmMove move : records.list(null, PAGE)) {
            Instant ended = move.endedAt();
            if (ended == null) {
                continue;
            }
            if (move.state() == State.DONE && ended.plus(LEFT_OVER).isBefore(now)) {
                clear(move);
            } else if (move.state() != State.DONE && ended.plus(TOLD).isBefore(now)) {
                records.forget(move);
            }
        }
    }

    private void clear(RealmMove move) {
        try {
            mover.clear(move);
        } catch (StoreUnavailableException e) {
            LOG.debug("what is left of {} in group {} goes later: {}", move.path(), move.source(), e.getMessage());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
