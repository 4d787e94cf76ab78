// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView.Registration;
import org.openros.gateway.core.AccessNews;
import org.openros.gateway.core.RealmStanding;

/**
 * Finds the open sessions whose rights may have changed. An answer of core services may be older than a change that was
 * heard of before it came, so the newest changes are kept and compared with it. Thread-safe.
 */
final class AccessWatch {
    /** As many as core services keep. */
    static final int KEPT = 1000;

    private static final long UNKNOWN = -1;

    private final Map<String, Set<Watched>> byPath = new HashMap<>();
    private final Deque<AccessNews.Change> kept = new ArrayDeque<>();
    private long last = UNKNOWN;

    /** How many authorizations were watched so far. */
    private long count;

    /** All changes behind this number are kept. */
    private long floor = UNKNOWN;

    private final class Watched implements Registration {
        private final RealmStanding standing;
        private final Runnable outdated;
        private final long number;
        private final long since = System.currentTimeMillis();

        Watched(RealmStanding standing, Runnable outdated, long number) {
            this.standing = standing;
            this.outdated = outdated;
            this.number = number;
        }

        @Override
        public void close() {
            forget(this);
        }
    }

    /** Up to where all changes are known; 0 at first. */
    synchronized long last() {
        return Math.max(last, 0);
    }

    /**
     * Watches an authorization.
     *
     * @param outdated called when it has to be asked for again, perhaps in this call; must not block
     * @return ends the watch
     */
    Registration watch(RealmStanding standing, Runnable outdated) {
        Watched watched = new Watched(standing, outdated, nextNumber());
        if (add(watched)) {
            outdated.run();
        }
        return watched;
    }

    private synchronized long nextNumber() {
        return ++count;
    }

    /**
     * An open session as operators see it.
     *
     * @param number names it at this gateway, as long as that runs
     * @param since in milliseconds since 1970
     */
    record OpenSession(long number, String path, String userId, long since) {}

    /**
     * Open sessions in the order in which they began.
     *
     * @param path of a realm; null for all
     * @param userId null for all
     * @param after only those with a greater number
     */
    synchronized List<OpenSession> list(@Nullable String path, @Nullable String userId, long after, int limit) {
        Collection<Set<Watched>> candidates =
                path == null ? byPath.values() : List.of(byPath.getOrDefault(path, Set.of()));
        return candidates.stream()
                .flatMap(Set::stream)
                .filter(watched -> watched.number > after)
                .filter(watched -> userId == null || userId.equals(watched.standing.userId()))
                .sorted(Comparator.comparingLong(watched -> watched.number))
                .limit(limit)
                .map(watched -> new OpenSession(
                        watched.number, watched.standing.path(), watched.standing.userId(), watched.since))
                .toList();
    }

    /**
     * Ends a session; its client comes back in a second, if it may.
     *
     * @return false if there is none of this number
     */
    boolean end(long number) {
        Watched found = numbered(number);
        if (found != null) {
            found.outdated.run();
        }
        return found != null;
    }

    private synchronized @Nullable Watched numbered(long number) {
        return byPath.values().stream()
                .flatMap(Set::stream)
                .filter(watched -> watched.number == number)
                .findFirst()
                .orElse(null);
    }

    private synchronized boolean add(Watched watched) {
        RealmStanding standing = watched.standing;
        byPath.computeIfAbsent(standing.path(), path -> new HashSet<>(1)).add(watched);
        return standing.asOf() < floor || kept.stream().anyMatch(change -> change.concerns(standing));
    }

    private synchronized void forget(Watched watched) {
        byPath.computeIfPresent(watched.standing.path(), (path, all) -> {
            all.remove(watched);
            return all.isEmpty() ? null : all;
        });
    }

    /** Takes note of changes and reports the authorizations that may be outdated. */
    void hear(AccessNews news) {
        for (Watched watched : outdatedBy(news)) {
            watched.outdated.run();
        }
    }

    private synchronized Collection<Watched> outdatedBy(AccessNews news) {
        if (last == UNKNOWN || (!news.complete() && news.last() > last)) {
            restart(news.last());
            return olderThan(news.last());
        }
        Set<Watched> outdated = new HashSet<>();
        for (AccessNews.Change change : news.changes()) {
            if (change.number() == last + 1) {
                keep(change);
                collect(change, outdated);
            }
        }
        return outdated;
    }

    private void restart(long at) {
        kept.clear();
        last = at;
        floor = at;
    }

    private List<Watched> olderThan(long number) {
        List<Watched> older = new ArrayList<>();
        for (Set<Watched> all : byPath.values()) {
            all.stream().filter(watched -> watched.standing.asOf() < number).forEach(older::add);
        }
        return older;
    }

    private void keep(AccessNews.Change change) {
        kept.addLast(change);
        last = change.number();
        if (kept.size() > KEPT) {
            floor = kept.removeFirst().number();
        }
    }

    private void collect(AccessNews.Change change, Set<Watched> outdated) {
        Collection<Set<Watched>> candidates =
                change.path() == null ? byPath.values() : List.of(byPath.getOrDefault(change.path(), Set.of()));
        for (Set<Watched> all : candidates) {
            all.stream().filter(watched -> change.concerns(watched.standing)).forEach(outdated::add);
        }
    }
}
