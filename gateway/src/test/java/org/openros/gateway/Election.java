// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.Master;
import org.openros.cluster.group.GroupJson;
import org.openros.cluster.group.GroupKeys;
import org.openros.cluster.group.WatchedGroupView;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

import static org.awaitility.Awaitility.await;

/** The lock service as the gateway under test sees it, where a test says who is master. */
final class Election implements AutoCloseable {
    private static final URI API = URI.create("http://127.0.0.1:1");

    final WatchedGroupView view;
    final EmbeddedLockService locks = new EmbeddedLockService();
    private final String session = locks.openSession("test", Duration.ofDays(1));

    Election() {
        view = new WatchedGroupView(locks);
    }

    /** The worker takes the lock, and the gateway has heard it. */
    void lead(GroupId group, long epoch, FakeWorker worker) {
        write(group, epoch, worker, true);
        await().until(() -> new Epoch(epoch).equals(heard(group)));
    }

    /** The lock service tells something that is not news. */
    void say(GroupId group, long epoch, FakeWorker worker) {
        write(group, epoch, worker, true);
    }

    /** The lock is free, and the gateway has heard it. */
    void vacate(GroupId group, long epoch, FakeWorker worker) {
        write(group, epoch, worker, false);
        await().until(() -> heard(group) == null);
    }

    private @Nullable Epoch heard(GroupId group) {
        Master master = view.master(group);
        return master == null ? null : master.epoch();
    }

    private void write(GroupId group, long epoch, FakeWorker worker, boolean held) {
        Master master = new Master(group, new Epoch(epoch), "w", worker.link(), API, null);
        String key = new GroupKeys(group).leader();
        byte[] content = GroupJson.encode(master);
        try {
            locks.transact(List.of(new Operation.Lock(key, content, session)));
            if (!held) {
                locks.transact(List.of(new Operation.Unlock(key, content, session)));
            }
        } catch (LockServiceException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        view.close();
        locks.close();
    }
}
