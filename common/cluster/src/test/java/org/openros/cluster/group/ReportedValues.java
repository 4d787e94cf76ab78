// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.LockService;

/** A lock service of which only the reports of one watch are used; the test makes them. */
final class ReportedValues implements LockService {
    private @Nullable Consumer<List<Value>> listener;
    @Nullable String prefix;

    void report(Value... values) {
        if (listener != null) {
            listener.accept(List.of(values));
        }
    }

    @Override
    public Registration watch(String watched, Consumer<List<Value>> watcher) {
        prefix = watched;
        listener = watcher;
        return () -> listener = null;
    }

    boolean isWatched() {
        return listener != null;
    }

    @Override
    public String openSession(String description, Duration ttl) {
        throw unused();
    }

    @Override
    public boolean renewSession(String session) {
        throw unused();
    }

    @Override
    public void destroySession(String session) {
        throw unused();
    }

    @Override
    public @Nullable Value get(String key) {
        throw unused();
    }

    @Override
    public List<Value> list(String beginning) {
        throw unused();
    }

    @Override
    public void putWhileAlive(String key, byte[] content, String session) {
        throw unused();
    }

    @Override
    public Outcome transact(List<Operation> operations) {
        throw unused();
    }

    @Override
    public void close() {}

    private static AssertionError unused() {
        return new AssertionError("a view only watches");
    }
}
