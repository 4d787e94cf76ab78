// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

import static java.util.Objects.requireNonNull;

/** Counts how often limits were reached. Thread-safe. */
public final class LimitMetrics {
    private final MeterRegistry registry;
    private final Map<Limit, Counter> reached = new EnumMap<>(Limit.class);

    /** With all counters at 0. */
    public LimitMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Limit limit : Limit.values()) {
            reached.put(limit, Counter.builder("ros.gateway.limited")
                    .description("how often a limit of the gateway was reached")
                    .tag("limit", limit.tag())
                    .register(registry));
        }
    }

    /** Once more. */
    public void reached(Limit limit) {
        requireNonNull(reached.get(limit)).increment();
    }

    /** Shows a present value. */
    public <T> void show(String name, String description, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).description(description).register(registry);
    }
}
