// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.RealmPage;
import org.openros.storage.RealmStore;
import org.openros.storage.Storage;

/**
 * The realms of a worker: made on use, forgotten when idle. A realm whose sessions are all silent keeps a few hundred
 * bytes; one without sessions keeps nothing. Thread-safe.
 */
public final class Realms {
    private final ConcurrentMap<RealmPath, Realm> realms = new ConcurrentHashMap<>();
    private final Set<Realm> warm = ConcurrentHashMap.newKeySet();
    private final RealmResources resources;

    /** The realms in a storage, with memory of their own for work. */
    public Realms(
            Storage storage,
            Executor threads,
            RealmSettings settings,
            RealmEvents events,
            LeadershipCheck leadership,
            Clock clock) {
        this(storage, threads, settings, new WorkMemory(WorkMemory.ofHeap()), events, leadership, clock);
    }

    /**
     * The realms in a storage.
     *
     * @param threads run the actors; platform threads, because the storage blocks them
     * @param memory is shared with earlier and later ones of the process
     */
    public Realms(
            Storage storage,
            Executor threads,
            RealmSettings settings,
            WorkMemory memory,
            RealmEvents events,
            LeadershipCheck leadership,
            Clock clock) {
        resources = new RealmResources(
                storage, threads, settings, memory, events, leadership, clock, warm::add, this::cool, this::release);
    }

    /** Opens a session on a realm. The first message that it gets must be a BIND; nobody asks the link for that one. */
    public Session open(RealmPath path, ClientLink link, SessionTerms terms) {
        Realm realm = acquire(path);
        Session session = realm.open(link, terms);
        if (resources.isOver()) {
            realm.shutDown("the worker is no longer the master");
        }
        return session;
    }

    /** Runs a transaction of the server's own on a realm; answers from an actor's thread. */
    public void transact(RealmPath path, Transaction transaction, Consumer<Transaction.Outcome> answer) {
        Realm realm = acquire(path);
        realm.execute(() -> {
            try {
                realm.requireServing();
                realm.transact(transaction, outcome -> confirm(outcome, answer));
            } catch (RuntimeException e) {
                answer.accept(new Transaction.Outcome.Unavailable("the realm cannot be served at the moment"));
                throw e;
            } finally {
                release(realm);
            }
        });
    }

    /** Changes a realm as a whole; answers from an actor's thread. */
    public void change(RealmPath path, RealmChange change, Consumer<RealmChange.Outcome> answer) {
        Realm realm = acquire(path);
        Consumer<RealmChange.Outcome> last = outcome -> {
            release(realm);
            answer.accept(outcome);
        };
        realm.execute(() -> {
            if (resources.isDraining()) {
                last.accept(new RealmChange.Outcome.Unavailable("this worker is no longer the master"));
            } else {
                realm.change(change, last);
            }
        });
    }

    /** Ends the sessions of a realm; their clients come back at once and ask anew where it is. */
    public void dismiss(RealmPath path, String message) {
        Realm realm = realms.get(path);
        if (realm != null) {
            realm.shutDown(message);
        }
    }

    /** How a realm stands, and how much there is of it, as committed; blocks for the disk. */
    public RealmStatus status(RealmPath path) {
        Realm realm = realms.get(path);
        return RealmStatus.of(resources.storage().realm(path), realm == null ? 0 : realm.leases().get());
    }

    /** Reads a part of everything that is committed of a realm, as {@link RealmStore#page}; blocks for the disk. */
    public RealmPage page(RealmPath path, byte[] after, long maxBytes) {
        return resources.storage().realm(path).page(after, maxBytes);
    }

    /** A stale master may believe that a precondition does not hold. */
    private void confirm(Transaction.Outcome outcome, Consumer<Transaction.Outcome> answer) {
        if (outcome instanceof Transaction.Outcome.PreconditionFailed
                || outcome instanceof Transaction.Outcome.Rejected) {
            resources.leadership().confirm(master -> answer.accept(
                    master ? outcome : new Transaction.Outcome.Unavailable("it is not certain who is the master")));
        } else {
            answer.accept(outcome);
        }
    }

    /** Whether this worker is the master for certain, as {@link LeadershipCheck#confirm}. */
    public void confirmLeadership(Consumer<Boolean> answer) {
        resources.leadership().confirm(answer);
    }

    /** Reads objects of a realm; answers from an actor's thread, once everything that was read is durable. */
    public <T> void read(RealmPath path, Function<RealmReader, T> query, Consumer<T> answer,
            Consumer<String> unavailable) {
        Realm realm = acquire(path);
        realm.execute(() -> {
            try {
                realm.requireServing();
                T result = query.apply(new RealmReader(realm.state()));
                realm.whenDurable(
                        () -> answer.accept(result), () -> unavailable.accept("changes could not be committed"));
            } catch (RuntimeException e) {
                unavailable.accept("the realm cannot be served at the moment");
                throw e;
            } finally {
                release(realm);
            }
        });
    }

    /**
     * Works out a change in a realm's actor and makes it, through the same history as the changes of clients.
     *
     * @param work must be quick; if it throws, the realm is loaded anew
     * @param answer the result with the server version of the realm, once everything is durable; from an actor's thread
     * @param unavailable it is not known whether it happened, or it did not
     */
    public <T> void edit(
            RealmPath path, Function<RealmEdit, T> work, BiConsumer<T, Long> answer, Consumer<NotDone> unavailable) {
        Realm realm = acquire(path);
        realm.execute(() -> {
            try {
                realm.requireServing();
                realm.edit(work, answer, () -> unavailable.accept(NotDone.PERHAPS));
            } catch (RuntimeException e) {
                unavailable.accept(NotDone.FOR_CERTAIN);
                throw e;
            } finally {
                release(realm);
            }
        });
    }

    /** Why there is no result of a change. */
    public enum NotDone {
        /** Nothing was done. */
        FOR_CERTAIN,
        /** It may have been done: a new master decides. */
        PERHAPS
    }

    /**
     * Tells what comes behind a position in the history of a realm: at once if there is something, or when it is
     * committed.
     *
     * @param after null to be told the present end
     * @param patient whether to wait if there is nothing yet
     * @param maxBytes the entry that exceeds it is the last one told
     * @param answer called once, from an actor's thread, unless it is called off before
     * @return calls it off; any thread
     */
    public Runnable watch(
            RealmPath path,
            HistoryNews.@Nullable Position after,
            boolean patient,
            long maxBytes,
            Consumer<HistoryNews> answer) {
        Realm realm = acquire(path);
        HistoryWatch watch = new HistoryWatch(after, patient, maxBytes, answer, () -> release(realm));
        realm.execute(() -> {
            try {
                realm.requireServing();
                realm.watches().add(watch, realm.history());
            } catch (RuntimeException e) {
                watch.end(new HistoryNews.Unavailable("the realm cannot be served at the moment"));
                throw e;
            }
        });
        return () -> realm.execute(() -> realm.watches().forget(watch));
    }

    /** Looks after what waits for time to pass; to be called about once a second. */
    public void sweep() {
        long now = System.nanoTime();
        long idle = resources.settings().idle().toNanos();
        for (Realm realm : warm) {
            realm.sweep(now, now - realm.lastUsed() > idle);
        }
    }

    /** The number of realms with sessions or requests. */
    public int size() {
        return realms.size();
    }

    /**
     * Takes no more uploads and transactions; sessions that have some try again elsewhere.
     *
     * @param drained runs once all that were taken before are committed or lost; on any thread, perhaps in this call
     */
    public void drain(Runnable drained) {
        resources.drain();
        List<Realm> all = List.copyOf(realms.values());
        AtomicInteger left = new AtomicInteger(all.size() + 1);
        Runnable done = () -> {
            if (left.decrementAndGet() == 0) {
                drained.run();
            }
        };
        all.forEach(realm -> realm.execute(() -> realm.whenDurable(done, done)));
        done.run();
    }

    /** Ends all sessions; their clients try again elsewhere. Nothing is acknowledged or sent after this. */
    public void close(String message) {
        resources.end();
        realms.values().forEach(realm -> realm.shutDown(message));
    }

    private Realm acquire(RealmPath path) {
        return realms.compute(path, (key, known) -> {
            Realm realm = known == null ? new Realm(path, resources) : known;
            realm.leases().incrementAndGet();
            return realm;
        });
    }

    private void release(Realm realm) {
        realm.leases().decrementAndGet();
        forgetIfUnused(realm);
    }

    private void cool(Realm realm) {
        warm.remove(realm);
        forgetIfUnused(realm);
    }

    private void forgetIfUnused(Realm realm) {
        realms.computeIfPresent(
                realm.path(), (key, known) -> known == realm && realm.isUnused() ? null : known);
    }
}
