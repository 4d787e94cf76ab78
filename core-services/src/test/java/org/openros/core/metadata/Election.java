// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

/** Who is master of the default group, as a test says. */
final class Election implements AutoCloseable {
    private static final String LEADER = new GroupKeys(GroupId.DEFAULT).leader();

    final WatchedGroupView view;
    private final EmbeddedLockService locks = new EmbeddedLockService();
    private final String session = locks.openSession("test", Duration.ofDays(1));
    private Epoch epoch = Epoch.NONE;
    private URI api = URI.create("http://127.0.0.1:1");

    Election() {
        view = new WatchedGroupView(locks);
    }

    /** The worker takes the lock, with the next epoch, and it has been heard. */
    void lead(URI master) {
        epoch = epoch.next();
        api = master;
        transact(new Operation.Lock(LEADER, content(), session));
        await().until(() -> Objects.equals(view.master(GroupId.DEFAULT), present()));
    }

    /** The lock is free, and it has been heard. */
    void vacate() {
        transact(new Operation.Unlock(LEADER, content(), session));
        await().until(() -> view.master(GroupId.DEFAULT) == null);
    }

    private Master present() {
        return new Master(GroupId.DEFAULT, epoch, "n", URI.create("inprocess:x"), api, null);
    }

    private byte[] content() {
        return GroupJson.encode(present());
    }

    private void transact(Operation operation) {
        try {
            locks.transact(List.of(operation));
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
