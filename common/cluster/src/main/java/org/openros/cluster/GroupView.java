// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;

/** The port through which gateways and core services see who is master. Thread-safe, never blocks. */
public interface GroupView {
    /** The master of a group as last heard, or null if none is known. */
    @Nullable Master master(GroupId group);

    /**
     * Reports every change from now on, and the present master at once if there is one.
     *
     * @param listener gets a null when the group has lost its master; called one at a time; must not block
     * @return ends the reports
     */
    Registration watch(GroupId group, Consumer<@Nullable Master> listener);

    /** Ends something when closed; idempotent. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
