// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.NodeId;
import org.openros.storage.StoreCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints that a master keeps for its followers, one for each. Thread-safe. */
final class CheckpointShelf implements AutoCloseable {
    /** A checkpoint that nobody takes anything from is dropped after this time. */
    static final Duration ABANDONED = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointShelf.class);

    private final LongSupplier clock;
    private final Map<String, ShelvedCheckpoint> shelved = new ConcurrentHashMap<>();

    /**
     * An empty shelf.
     *
     * @param clock nanoseconds, monotonic
     */
    CheckpointShelf(LongSupplier clock) {
        this.clock = clock;
    }

    /** Keeps a checkpoint for a follower, in place of one that the follower had before. */
    ShelvedCheckpoint keep(NodeId follower, StoreCheckpoint checkpoint) {
        ShelvedCheckpoint kept = new ShelvedCheckpoint(follower, checkpoint, clock);
        List<ShelvedCheckpoint> earlier = shelved.values().stream()
                .filter(other -> other.follower().equals(follower))
                .toList();
        shelved.put(kept.id(), kept);
        earlier.forEach(other -> drop(other.id()));
        return kept;
    }

    @Nullable ShelvedCheckpoint find(String id) {
        return shelved.get(id);
    }

    /** Lets go of a checkpoint; fine if there is none. */
    void drop(String id) {
        ShelvedCheckpoint dropped = shelved.remove(id);
        if (dropped != null) {
            dropped.close();
        }
    }

    /** Drops what was abandoned. */
    void sweep() {
        for (ShelvedCheckpoint checkpoint : shelved.values()) {
            if (checkpoint.idle() > ABANDONED.toNanos()) {
                LOG.warn("node {} has not fetched its checkpoint for {}: dropped", checkpoint.follower(), ABANDONED);
                drop(checkpoint.id());
            }
        }
    }

    @Override
    public void close() {
        shelved.keySet().forEach(this::drop);
    }
}
