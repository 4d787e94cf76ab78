// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

/** Lock and view for applications that run in one process and share this object. */
public final class EmbeddedLockService implements LeaderLock, GroupView {
    private final Map<GroupId, Master> masters = new HashMap<>();
    private final Map<GroupId, Epoch> epochs = new HashMap<>();
    private final Map<GroupId, List<Consumer<@Nullable Master>>> listeners = new HashMap<>();

    @Override
    public synchronized @Nullable Leadership tryAcquire(GroupId group, String node, URI link, URI api) {
        if (masters.containsKey(group)) {
            return null;
        }
        Epoch epoch = epochs.getOrDefault(group, Epoch.NONE).next();
        epochs.put(group, epoch);
        Master master = new Master(group, epoch, node, link, api);
        masters.put(group, master);
        report(group, master);
        return new Held(master);
    }

    @Override
    public synchronized @Nullable Master master(GroupId group) {
        return masters.get(group);
    }

    @Override
    public synchronized Registration watch(GroupId group, Consumer<@Nullable Master> listener) {
        List<Consumer<@Nullable Master>> watchers =
                listeners.computeIfAbsent(group, key -> new CopyOnWriteArrayList<>());
        watchers.add(listener);
        Master master = masters.get(group);
        if (master != null) {
            listener.accept(master);
        }
        return () -> watchers.remove(listener);
    }

    private synchronized void release(Master master) {
        if (masters.remove(master.group(), master)) {
            report(master.group(), null);
        }
    }

    private void report(GroupId group, @Nullable Master master) {
        listeners.getOrDefault(group, List.of()).forEach(listener -> listener.accept(master));
    }

    private final class Held implements Leadership {
        private final Master master;

        Held(Master master) {
            this.master = master;
        }

        @Override
        public Epoch epoch() {
            return master.epoch();
        }

        @Override
        public void close() {
            release(master);
        }
    }
}
