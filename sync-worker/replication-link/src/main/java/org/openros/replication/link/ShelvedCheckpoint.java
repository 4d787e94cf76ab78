// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.NodeId;
import org.openros.storage.StoreCheckpoint;

/** A checkpoint that waits for its follower. Its files stay while somebody reads them, even after it was closed. */
final class ShelvedCheckpoint {
    private final String id = UUID.randomUUID().toString();
    private final NodeId follower;
    private final StoreCheckpoint checkpoint;
    private final LongSupplier clock;
    private volatile long used;
    private int readers;
    private boolean closed;

    ShelvedCheckpoint(NodeId follower, StoreCheckpoint checkpoint, LongSupplier clock) {
        this.follower = follower;
        this.checkpoint = checkpoint;
        this.clock = clock;
        used();
    }

    String id() {
        return id;
    }

    NodeId follower() {
        return follower;
    }

    StoreCheckpoint.Manifest manifest() {
        return checkpoint.manifest();
    }

    /** The place of one of the files, or null if the manifest has no file of that name. */
    @Nullable Path file(String name) {
        return manifest().files().stream().anyMatch(file -> file.name().equals(name))
                ? checkpoint.folder().resolve(name)
                : null;
    }

    /** Somebody takes something from it. */
    void used() {
        used = clock.getAsLong();
    }

    /** Nanoseconds since it was used. */
    long idle() {
        return clock.getAsLong() - used;
    }

    /** Keeps the files until {@link #leave}; false if it is closed. */
    synchronized boolean enter() {
        if (!closed) {
            readers++;
        }
        return !closed;
    }

    synchronized void leave() {
        readers--;
        removeIfUnused();
    }

    synchronized void close() {
        if (!closed) {
            closed = true;
            removeIfUnused();
        }
    }

    private void removeIfUnused() {
        if (closed && readers == 0) {
            checkpoint.close();
        }
    }
}
