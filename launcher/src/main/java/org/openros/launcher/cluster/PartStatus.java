// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ros cluster status --json} tells of a process. Names and meanings stay as they are: scripts read them.
 *
 * @param name of the process
 * @param kind {@code consul}, {@code agent}, {@code worker}, {@code core}, {@code gateway}
 * @param state {@code running}, {@code paused}, {@code dead}, or {@code stopped}: ended by {@code ros cluster stop}
 * @param pid null unless it lives
 * @param memory resident bytes, 0 unless it lives
 * @param ready whether it can do its whole work; a worker: whether it is in step with its group
 * @param problem why it is not ready, null if it is
 * @param role of a worker in its group, of a Consul server {@code leader} or {@code follower}; null if not known
 * @param group of a worker, null for others
 * @param epoch of a worker
 * @param committed of a worker: sequence number of the last entry that it knows to be committed
 * @param lag of a worker: how many entries it is behind its master's committed position
 * @param ports by their names
 */
record PartStatus(
        String name,
        Kind kind,
        String state,
        @Nullable Long pid,
        long memory,
        boolean ready,
        @Nullable String problem,
        @Nullable String role,
        @Nullable String group,
        @Nullable Long epoch,
        @Nullable Long committed,
        @Nullable Long lag,
        Map<String, Integer> ports) {
    /** Whether it has this role, as a member of the group if one is given. */
    boolean hasRole(String wanted, @Nullable String inGroup) {
        return wanted.equals(role) && (inGroup == null || inGroup.equals(group));
    }
}
