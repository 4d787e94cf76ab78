// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.openros.storage.commit.CommitStatistics;

/** Shows the counts of the storage as metrics. */
record StorageMeters(CommitStatistics statistics) implements MeterBinder {
    private static final double NANOS_PER_SECOND = 1e9;

    @Override
    public void bindTo(MeterRegistry registry) {
        counter(registry, "commits", CommitStatistics::commits);
        counter(registry, "failures", CommitStatistics::failures);
        counter(registry, "batches", CommitStatistics::batches);
        counter(registry, "bytes", CommitStatistics::bytes);
        counter(registry, "log.seconds", counts -> counts.logNanos() / NANOS_PER_SECOND);
    }

    private void counter(MeterRegistry registry, String name, ToDoubleFunction<CommitStatistics> value) {
        FunctionCounter.builder("ros.storage." + name, statistics, value).register(registry);
    }
}
