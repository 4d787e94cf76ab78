// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService.Value;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells watchers of an embedded lock service what has changed, one after the other on a thread of its own. Thread-safe.
 */
final class EmbeddedWatches {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedWatches.class);

    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Function<String, List<Value>> list;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("embedded-lock-service").daemon().factory());

    /**
     * No watches yet.
     *
     * @param list reads the values whose key begins so
     */
    EmbeddedWatches(Function<String, List<Value>> list) {
        this.list = list;
    }

    GroupView.Registration add(String prefix, Consumer<List<Value>> listener) {
        Watch watch = new Watch(prefix, listener);
        watches.add(watch);
        thread.execute(watch);
        return () -> watches.remove(watch);
    }

    /** Something may have changed. */
    void changed() {
        if (!watches.isEmpty() && !thread.isShutdown()) {
            thread.execute(() -> watches.forEach(Watch::run));
        }
    }

    void repeat(Duration period, Runnable task) {
        thread.scheduleWithFixedDelay(task, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    void close() {
        watches.clear();
        thread.shutdown();
    }

    /** What tells one state of a value from another. */
    private record State(String key, long index) {}

    private final class Watch implements Runnable {
        private final String prefix;
        private final Consumer<List<Value>> listener;
        private @Nullable List<State> told;

        Watch(String prefix, Consumer<List<Value>> listener) {
            this.prefix = prefix;
            this.listener = listener;
        }

        @Override
        public void run() {
            List<Value> values = list.apply(prefix);
            List<State> states = values.stream()
                    .map(value -> new State(value.key(), value.index()))
                    .toList();
            if (states.equals(told) || !watches.contains(this)) {
                return;
            }
            told = states;
            try {
                listener.accept(values);
            } catch (RuntimeException e) {
                LOG.error("the watcher of {} failed", prefix, e);
            }
        }
    }
}
