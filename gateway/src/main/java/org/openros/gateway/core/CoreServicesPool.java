// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Spreads calls over the instances of core services and avoids those that were just found unreachable. Thread-safe. */
public final class CoreServicesPool {
    /** An instance that refused a connection is asked last for this time. */
    static final Duration PENALTY = Duration.ofSeconds(2);

    private volatile List<URI> instances;
    private final LongSupplier nanoTime;
    private final InstanceCircuits circuits;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<URI, Long> unreachableSince = new ConcurrentHashMap<>();

    /**
     * Creates the pool.
     *
     * @param instances base addresses; none if they will be found
     * @param nanoTime a monotonic clock such as {@link System#nanoTime}
     */
    CoreServicesPool(List<URI> instances, LongSupplier nanoTime, InstanceCircuits circuits) {
        this.circuits = circuits;
        this.instances = List.copyOf(instances);
        this.nanoTime = nanoTime;
    }

    /** These are all instances from now on. */
    void replace(List<URI> found) {
        instances = List.copyOf(found);
        unreachableSince.keySet().retainAll(found);
        circuits.retain(found);
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

    /** Makes a call to the instance, unless its calls have been timing out. */
    public <T> Mono<T> call(URI instance, Mono<T> call) {
        return circuits.through(instance, call);
    }

    /**
     * Takes note of a failed call.
     *
     * @return whether the instance has seen nothing of it, so that another one may be asked
     */
    public boolean isUnseen(URI instance, Throwable failure) {
        if (failure instanceof ConnectException) {
            unreachable(instance);
        }
        return failure instanceof ConnectException || failure instanceof CallNotPermittedException;
    }

    /** Reports that no connection to the instance was possible. */
    void unreachable(URI instance) {
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
