// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import org.openros.domain.log.Position;
import org.openros.storage.StorageException;

/**
 * Stands between "durable on this disk" and "committed". A lone worker passes at once; in a group it waits until
 * every node of the required set has acknowledged (group protocol, rules 7 to 9).
 */
@FunctionalInterface
public interface DurabilityGate {
    /** Local durability is enough. */
    DurabilityGate LOCAL = through -> {};

    /**
     * Returns once everything up to a position is committed. Called in log order, on the thread that applies, so that
     * the next batch is written meanwhile.
     *
     * @throws StorageException if it will not be committed by this node
     */
    void awaitCommitted(Position through);
}
