// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** All changes behind this number are kept. */
    private long floor = UNKNOWN;

    private final class Watched implements Registration {
        private final RealmStanding standing;
        private final Runnable outdated;

        Watched(RealmStanding standing, Runnable outdated) {
            this.standing = standing;
            this.outdated = outdated;
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
        Watched watched = new Watched(standing, outdated);
        if (add(watched)) {
            outdated.run();
        }
        return watched;
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
