// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

/** The port through which a worker becomes master. Thread-safe. */
public interface LeaderLock {
    /**
     * Tries to take the lock of a group, with an epoch above all earlier ones.
     *
     * @return the leadership, or null if another node holds the lock
     */
    @Nullable Leadership tryAcquire(GroupId group, String node, URI link, URI api);

    /** A held lock. */
    interface Leadership extends AutoCloseable {
        /** The epoch that came with the lock. */
        Epoch epoch();

        /** Gives the lock back. Idempotent. */
        @Override
        void close();
    }
}
