// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.lock;

import java.util.Set;
import org.openros.domain.Lineage;

/**
 * What operators have ordered for the whole group; kept in the lock service under {@code orders}.
 *
 * @param paused no backup takes over: only the node that was master last may be promoted
 * @param abandoned histories that an operator gave up: disks that hold them may be overwritten by a checkpoint
 */
public record Orders(boolean paused, Set<Lineage> abandoned) {
    /** Before anything was ordered. */
    public static final Orders NONE = new Orders(false, Set.of());

    /** Copies the set. */
    public Orders {
        abandoned = Set.copyOf(abandoned);
    }
}
