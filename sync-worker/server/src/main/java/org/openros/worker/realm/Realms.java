// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.openros.domain.RealmPath;
import org.openros.storage.Storage;

/**
 * The realms of a worker: made on use, forgotten when idle. A realm whose sessions are all silent keeps a few hundred
 * bytes; one without sessions keeps nothing. Thread-safe.
 */
public final class Realms {
    private final ConcurrentMap<RealmPath, Realm> realms = new ConcurrentHashMap<>();
    private final Set<Realm> warm = ConcurrentHashMap.newKeySet();
    private final RealmResources resources;
    private volatile boolean closed;

    /**
     * The realms in a storage.
     *
     * @param threads run the actors; platform threads, because the storage blocks them
     */
    public Realms(Storage storage, Executor threads, RealmSettings settings, RealmEvents events, Clock clock) {
        resources = new RealmResources(storage, threads, settings, events, clock, warm::add, this::cool, this::release);
    }

    /** Opens a session on a realm. The first message that it gets must be a BIND; nobody asks the link for that one. */
    public Session open(RealmPath path, ClientLink link, SessionTerms terms) {
        Realm realm = acquire(path);
        Session session = realm.open(link, terms);
        if (closed) {
            realm.shutDown("the worker stops");
        }
        return session;
    }

    /** Runs a transaction of the server's own on a realm; answers from an actor's thread. */
    public void transact(RealmPath path, Transaction transaction, Consumer<Transaction.Outcome> answer) {
        Realm realm = acquire(path);
        realm.execute(() -> {
            try {
                realm.transact(transaction, answer);
            } catch (RuntimeException e) {
                answer.accept(new Transaction.Outcome.Unavailable("the realm cannot be served at the moment"));
                throw e;
            } finally {
                release(realm);
            }
        });
    }

    /** Reads objects of a realm; answers from an actor's thread, once everything that was read is durable. */
    public <T> void read(RealmPath path, Function<RealmReader, T> query, Consumer<T> answer, Consumer<String> unavailable) {
        Realm realm = acquire(path);
        realm.execute(() -> {
            try {
                T result = query.apply(new RealmReader(realm.state().objects()));
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

    /** Ends all sessions; their clients try again elsewhere. New ones are ended at once. */
    public void close(String message) {
        closed = true;
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
