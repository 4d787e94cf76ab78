// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.openros.replication.disk.DiskRequest;
import org.openros.storage.StoreCheckpoint;

/** Brings checkpoints of other nodes to this disk. */
@FunctionalInterface
interface CheckpointFetcher {
    /** Fetches without blocking; calls back once, on any thread. */
    void fetch(DiskRequest.TakeCheckpoint request, Consumer<Fetched> then);

    /** What came of it. */
    sealed interface Fetched {
        /** It is complete and checked, in a folder on the store's disk. */
        record Complete(Path folder, StoreCheckpoint.Manifest manifest) implements Fetched {}

        /** It is not. */
        record Failed(Throwable reason) implements Fetched {}
    }
}
