// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.concurrent.CompletableFuture;
import org.openros.domain.log.Position;

/** The storage of a master during one reign. When it is closed, commits that are pending fail with {@code NOT_MASTER}. */
public interface Leading extends Storage {
    /** Done once the first no-op, and with it everything inherited, is committed and applied; fails if the reign ends first. */
    CompletableFuture<Position> established();

    /** Ends the reign; the store stays open and follows again. Does not wait for the gate. Idempotent. */
    @Override
    void close();
}
