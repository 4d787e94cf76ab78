// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.DamagedValueException;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.Master;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the masters by watching their leader keys. A group is watched from the first question about it.
 *
 * <p>The master is the one last heard of, until its key is heard to be free: a lock service that says nothing is no
 * loss. Whatever has a lower epoch than seen before is old news and ignored.
 */
public final class WatchedGroupView implements GroupView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedGroupView.class);

    private final LockService locks;
    private final Map<GroupId, Watched> groups = new ConcurrentHashMap<>();

    /** Watches nothing yet; the lock service stays open when this is closed. */
    public WatchedGroupView(LockService locks) {
        this.locks = locks;
    }

    @Override
    public @Nullable Master master(GroupId group) {
        return watched(group).master;
    }

    @Override
    public Registration watch(GroupId group, Consumer<@Nullable Master> listener) {
        return watched(group).add(listener);
    }

    private Watched watched(GroupId group) {
        return groups.computeIfAbsent(group, fresh -> {
            Watched watched = new Watched(new GroupKeys(fresh).leader());
            watched.source = locks.watch(watched.key, watched::hear);
            return watched;
        });
    }

    /** Ends all watches. */
    @Override
    public void close() {
        groups.values().forEach(Watched::close);
    }

    private static final class Watched {
        private final String key;
        private final List<Consumer<@Nullable Master>> listeners = new CopyOnWriteArrayList<>();
        private @Nullable Registration source;
        private Epoch highest = Epoch.NONE;
        private volatile @Nullable Master master;

        Watched(String key) {
            this.key = key;
        }

        synchronized Registration add(Consumer<@Nullable Master> listener) {
            listeners.add(listener);
            Master present = master;
            if (present != null) {
                listener.accept(present);
            }
            return () -> listeners.remove(listener);
        }

        synchronized void hear(List<Value> values) {
            Value leader = values.stream()
                    .filter(value -> value.key().equals(key))
                    .findFirst()
                    .orElse(null);
            if (leader == null) {
                become(null);
                return;
            }
            try {
                hear(GroupJson.master(leader), leader.session() != null);
            } catch (DamagedValueException e) {
                LOG.error("the master stays {}: {}", master, e.getMessage());
            }
        }

        private void hear(Master heard, boolean held) {
            if (heard.epoch().compareTo(highest) >= 0) {
                highest = heard.epoch();
                become(held ? heard : null);
            }
        }

        private void become(@Nullable Master next) {
            Master last = master;
            if (next == null ? last != null : !next.equals(last)) {
                master = next;
                listeners.forEach(listener -> listener.accept(next));
            }
        }

        synchronized void close() {
            if (source != null) {
                source.close();
            }
        }
    }
}
