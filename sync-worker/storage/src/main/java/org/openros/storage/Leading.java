// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.concurrent.CompletableFuture;
import org.openros.domain.log.Position;

/**
 * The storage of a master during one reign. It takes commits and readers once it is {@link #established}; before, and
 * after it is closed, they fail with {@code NOT_MASTER}, as commits do that are pending when it is closed.
 */
public interface Leading extends Storage {
    /**
     * Done once the first no-op, and with it everything inherited, is committed and applied; fails if the reign ends
     * first.
     */
    CompletableFuture<Position> established();

    /**
     * Ends the reign; the store stays open and follows again. Does not wait for the gate, but for the disk, and for
     * listeners and callbacks of the gate that are under way. Idempotent.
     */
    @Override
    void close();
}
