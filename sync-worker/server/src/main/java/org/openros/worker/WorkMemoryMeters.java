// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.openros.worker.realm.MemoryBudget;
import org.openros.worker.realm.WorkMemory;

/** Shows how much memory is in use for work, and how many wait for some. */
record WorkMemoryMeters(WorkMemory memory) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "messages", memory.messages());
        bind(registry, "uploads", memory.uploads());
        bind(registry, "downloads", memory.downloads());
        bind(registry, "uncommitted", memory.uncommitted());
    }

    private static void bind(MeterRegistry registry, String kind, MemoryBudget budget) {
        gauge(registry, "used", kind, budget, MemoryBudget::used);
        gauge(registry, "limit", kind, budget, MemoryBudget::limit);
        gauge(registry, "waiting", kind, budget, MemoryBudget::waiting);
    }

    private static void gauge(
            MeterRegistry registry, String name, String kind, MemoryBudget budget,
            ToDoubleFunction<MemoryBudget> value) {
        Gauge.builder("ros.worker.memory." + name, budget, value).tag("kind", kind).register(registry);
    }
}
