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

    private final List<URI> instances;
    private final LongSupplier nanoTime;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, Long> unreachableSince = new ConcurrentHashMap<>();

    /**
     * Creates the pool.
     *
     * @param instances base addresses, at least one
     * @param nanoTime a monotonic clock such as {@link System#nanoTime}
     */
    public CoreServicesPool(List<URI> instances, LongSupplier nanoTime) {
        this.instances = List.copyOf(instances);
        this.nanoTime = nanoTime;
    }

    /** All instances in the order in which the next call should try them. */
    public List<URI> candidates() {
        int first = Math.floorMod(turn.getAndIncrement(), instances.size());
        List<URI> healthy = new ArrayList<>();
        List<URI> avoided = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            URI instance = instances.get((first + i) % instances.size());
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
