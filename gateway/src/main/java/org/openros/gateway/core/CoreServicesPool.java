// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Spreads calls over the instances of core services and avoids those that were just found unreachable. Thread-safe. */
public final class CoreServicesPool {
    /** An instance that refused a connection is asked last for this time. */
    static final Duration PENALTY = Duration.ofSeconds(2);

    private volatile List<URI> instances;
    private final LongSupplier nanoTime;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, Long> unreachableSince = new ConcurrentHashMap<>();

    /**
     * Creates the pool.
     *
     * @param instances base addresses; none if they will be found
     * @param nanoTime a monotonic clock such as {@link System#nanoTime}
     */
    public CoreServicesPool(List<URI> instances, LongSupplier nanoTime) {
        this.instances = List.copyOf(instances);
        this.nanoTime = nanoTime;
    }

    /** These are all instances from now on. */
    void replace(List<URI> found) {
        instances = List.copyOf(found);
        unreachableSince.keySet().retainAll(found);
    }

    /**
     * All instances in the order in which the next call should try them.
     *
     * @throws NoCoreServicesException if none is known yet
     */
    public List<URI> candidates() {
        List<URI> known = instances;
        if (known.isEmpty()) {
            throw new NoCoreServicesException();
        }
        int first = Math.floorMod(turn.getAndIncrement(), known.size());
        List<URI> healthy = new ArrayList<>();
        List<URI> avoided = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            URI instance = known.get((first + i) % known.size());
            (isAvoided(instance) ? avoided : healthy).add(instance);
        }
        healthy.addAll(avoided);
        return healthy;
    }

    /** Reports that no connection to the instance was possible. */
    public void unreachable(URI instance) {
        unreachableSince.put(instance, nanoTime.getAsLong());
    }

    private boolean isAvoided(URI instance) {
        Long since = unreachableSince.get(instance);
        if (since != null && nanoTime.getAsLong() - since >= PENALTY.toNanos()) {
            unreachableSince.remove(instance, since);
            return false;
        }
        return since != null;
    }
}
