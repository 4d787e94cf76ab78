// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where sessions of each group go: to the master with the highest epoch that the lock service or a worker has named.
 * The lock service may be late or out of reach, and a worker that is no longer the master knows more then. Nothing with
 * a lower epoch than seen before counts. Thread-safe.
 */
final class Masters {
    private static final Logger LOG = LoggerFactory.getLogger(Masters.class);

    /** Hears of masters. */
    @FunctionalInterface
    interface Watcher {
        /** There is a new master, with a higher epoch or after a vacancy. Any thread; must not block. */
        void masterIs(MasterAddress master);
    }

    /** Ends the reports to a watcher. */
    @FunctionalInterface
    interface Watch {
        /** Ends them; one may be under way. */
        void end();
    }

    private final GroupView view;
    private final Map<GroupId, Seat> seats = new ConcurrentHashMap<>();

    Masters(GroupView view) {
        this.view = view;
    }

    /** The master of a group; null if none is known. */
    @Nullable MasterAddress present(GroupId group) {
        return seat(group).present;
    }

    /** Reports each new master from now on. */
    Watch watch(GroupId group, Watcher watcher) {
        Seat seat = seat(group);
        seat.watchers.add(watcher);
        return () -> seat.watchers.remove(watcher);
    }

    /** A worker has said who is the master. */
    void named(GroupId group, MasterAddress master) {
        seat(group).named(master);
    }

    private Seat seat(GroupId group) {
        Seat known = seats.get(group);
        if (known != null) {
            return known;
        }
        Seat fresh = new Seat(group);
        Seat other = seats.putIfAbsent(group, fresh);
        if (other != null) {
            return other;
        }
        view.watch(group, fresh::heard);
        return fresh;
    }

    private static final class Seat {
        private final GroupId group;
        private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
        private Epoch highest = Epoch.NONE;
        private Epoch highestInView = Epoch.NONE;
        private volatile @Nullable MasterAddress present;

        Seat(GroupId group) {
            this.group = group;
        }

        /** The lock service has a master, or none. */
        synchronized void heard(@Nullable Master master) {
            if (master != null) {
                highestInView = max(highestInView, master.epoch());
                become(new MasterAddress(master.epoch(), master.link()));
            } else if (highestInView.compareTo(highest) >= 0) {
                present = null;
            }
        }

        /** Only what is above all seen so far says more than the lock service. */
        synchronized void named(MasterAddress master) {
            if (master.epoch().compareTo(highest) > 0) {
                LOG.info("group {}: a worker names the master of epoch {} at {}", group, master.epoch(), master.link());
                become(master);
            }
        }

        private void become(MasterAddress master) {
            if (master.epoch().compareTo(highest) >= 0 && !master.equals(present)) {
                highest = master.epoch();
                present = master;
                watchers.forEach(watcher -> watcher.masterIs(master));
            }
        }

        private static Epoch max(Epoch one, Epoch other) {
            return one.compareTo(other) >= 0 ? one : other;
        }
    }
}
