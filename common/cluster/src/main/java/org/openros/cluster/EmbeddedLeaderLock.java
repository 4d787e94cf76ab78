// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.group.GroupJson;
import org.openros.cluster.group.GroupKeys;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

/** The leader keys of an embedded lock service, held until they are given back. Thread-safe. */
final class EmbeddedLeaderLock implements LeaderLock {
    /** Longer than a process lives: the lock of the only node needs no renewal. */
    private static final Duration LIFETIME = Duration.ofDays(36_500);

    private final EmbeddedLockService locks;

    EmbeddedLeaderLock(EmbeddedLockService locks) {
        this.locks = locks;
    }

    @Nullable Master master(GroupId group) {
        Value leader = locks.get(new GroupKeys(group).leader());
        try {
            return leader == null || leader.session() == null ? null : GroupJson.master(leader);
        } catch (DamagedValueException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Leadership tryAcquire(GroupId group, String node, URI link, URI api) {
        Value last = locks.get(new GroupKeys(group).leader());
        if (last != null && last.session() != null) {
            return null;
        }
        String session = locks.openSession("master of " + group + ": " + node, LIFETIME);
        try {
            Epoch epoch = last == null ? Epoch.NONE.next() : GroupJson.master(last).epoch().next();
            Master master = new Master(group, epoch, node, link, api, null);
            return lock(master, last == null ? 0 : last.index(), session);
        } catch (LockServiceException | DamagedValueException e) {
            locks.destroySession(session);
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Leadership lock(Master master, long index, String session) throws LockServiceException {
        String key = new GroupKeys(master.group()).leader();
        byte[] content = GroupJson.encode(master);
        LockService.Outcome outcome = locks.transact(List.of(
                new Operation.CompareAndSet(key, content, index), new Operation.Lock(key, content, session)));
        return switch (outcome) {
            case LockService.Outcome.Done done -> new Held(master.epoch(), session);
            case LockService.Outcome.Refused refused -> {
                locks.destroySession(session);
                yield null;
            }
        };
    }

    private final class Held implements Leadership {
        private final Epoch epoch;
        private final String session;

        Held(Epoch epoch, String session) {
            this.epoch = epoch;
            this.session = session;
        }

        @Override
        public Epoch epoch() {
            return epoch;
        }

        @Override
        public void close() {
            locks.destroySession(session);
        }
    }
}
