// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.LeaderLock.Leadership;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EmbeddedLeaderLockTest {
    private static final GroupId GROUP = GroupId.DEFAULT;
    private static final URI LINK = URI.create("inprocess:link");
    private static final URI API = URI.create("http://127.0.0.1:1");

    @Test
    void lockHasOneHolderAndEveryHolderANewEpoch() {
        EmbeddedLockService locks = new EmbeddedLockService();

        Leadership first = requireNonNull(locks.tryAcquire(GROUP, "a", LINK, API));
        assertThat(locks.tryAcquire(GROUP, "b", LINK, API)).isNull();
        assertThat(locks.master(GROUP)).isEqualTo(new Master(GROUP, new Epoch(1), "a", LINK, API, null));
        first.close();
        first.close();

        assertThat(locks.master(GROUP)).isNull();
        assertThat(requireNonNull(locks.tryAcquire(GROUP, "b", LINK, API)).epoch()).isEqualTo(new Epoch(2));
        first.close();
        assertThat(requireNonNull(locks.master(GROUP)).node()).isEqualTo("b");
    }

    @Test
    void epochsGoOnAfterARestart(@TempDir Path folder) throws LockServiceException {
        Path file = folder.resolve("locks.json");
        EmbeddedLockService.keptIn(file, MonotonicClock.system()).tryAcquire(GROUP, "a", LINK, API);

        EmbeddedLockService after = EmbeddedLockService.keptIn(file, MonotonicClock.system());

        assertThat(after.master(GROUP)).isNull();
        assertThat(requireNonNull(after.tryAcquire(GROUP, "a", LINK, API)).epoch()).isEqualTo(new Epoch(2));
    }

    @Test
    void watcherHearsMastersAndLosses() {
        EmbeddedLockService locks = new EmbeddedLockService();
        List<@Nullable Master> heard = Collections.synchronizedList(new ArrayList<>());
        Leadership leadership = requireNonNull(locks.tryAcquire(GROUP, "a", LINK, API));

        locks.watch(GROUP, heard::add);
        await().until(() -> heard.size() == 1);
        leadership.close();
        await().until(() -> heard.size() == 2);

        assertThat(heard).containsExactly(new Master(GROUP, new Epoch(1), "a", LINK, API, null), null);
    }
}
