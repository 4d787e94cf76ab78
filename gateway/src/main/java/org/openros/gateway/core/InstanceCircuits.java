// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.netty.channel.ConnectTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;

/**
 * A circuit breaker for each instance of core services. One that lets half of its calls wait until they time out is not
 * asked for a while, so that clients hear at once that they should come back, and calls do not pile up. Refused
 * connections do not count: they cost nothing, and an instance that comes back is to be found at once. Thread-safe.
 */
final class InstanceCircuits {
    /** Calls that are judged together. */
    private static final int WINDOW = 20;

    /** Fewer calls are no reason to leave an instance out. */
    private static final int FEWEST_CALLS = 10;

    /** Calls that find out whether it is better. */
    private static final int PROBES = 3;

    private final CircuitBreakerRegistry circuits;

    /** With how long an instance is left alone before it is tried again. */
    InstanceCircuits(Duration open) {
        circuits = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(FEWEST_CALLS)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .waitDurationInOpenState(open)
                .recordException(InstanceCircuits::isTimeout)
                .build());
    }

    /** The call as far as the circuit of the instance lets it pass; else {@link CallNotPermittedException}. */
    <T> Mono<T> through(URI instance, Mono<T> call) {
        return call.transformDeferred(CircuitBreakerOperator.of(circuits.circuitBreaker(instance.toString())));
    }

    private static boolean isTimeout(@Nullable Throwable failure) {
        return switch (failure) {
            case WebClientRequestException wrapped -> isTimeout(wrapped.getCause());
            case ResponseStatusException status -> status.getStatusCode().equals(HttpStatus.GATEWAY_TIMEOUT);
            case TimeoutException timeout -> true;
            case ConnectTimeoutException timeout -> true;
            case io.netty.handler.timeout.TimeoutException timeout -> true;
            case null, default -> false;
        };
    }

    /** Forgets all other instances. */
    void retain(Collection<URI> instances) {
        for (CircuitBreaker circuit : circuits.getAllCircuitBreakers()) {
            if (!instances.contains(URI.create(circuit.getName()))) {
                circuits.remove(circuit.getName());
            }
        }
    }

    /** How many instances are left out now. */
    long open() {
        return circuits.getAllCircuitBreakers().stream()
                .filter(circuit -> circuit.getState() == CircuitBreaker.State.OPEN)
                .count();
    }
}
