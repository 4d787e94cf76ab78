// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockService.Value;

/**
 * All values of an embedded lock service at one index. A change is tried on a copy, which takes the place of the
 * original when all of it was possible. Not thread-safe.
 */
final class EmbeddedValues {
    /**
     * A value.
     *
     * @param alive whether it goes with the session
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(byte[] content, long index, @Nullable String session, boolean alive) {
        boolean isHeldBy(@Nullable String other) {
            return session != null && session.equals(other);
        }

        boolean isSame(Entry other) {
            return alive == other.alive
                    && Objects.equals(session, other.session)
                    && Arrays.equals(content, other.content);
        }
    }

    private final NavigableMap<String, Entry> entries;
    private final long index;
    private boolean changed;
    private long highest;

    EmbeddedValues(NavigableMap<String, Entry> entries, long index) {
        this.entries = entries;
        this.index = index;
    }

    static EmbeddedValues none() {
        return new EmbeddedValues(new TreeMap<>(), 0);
    }

    /** A copy whose changes get the next index. */
    EmbeddedValues draft() {
        return new EmbeddedValues(new TreeMap<>(entries), index + 1);
    }

    long index() {
        return index;
    }

    /** Whether operations on this draft have changed anything. */
    boolean isChanged() {
        return changed;
    }

    /** Of the last change of what operations on this draft have written; 0 if they wrote nothing. */
    long writtenIndex() {
        return highest;
    }

    NavigableMap<String, Entry> entries() {
        return entries;
    }

    @Nullable Value get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : value(key, entry);
    }

    List<Value> list(String prefix) {
        List<Value> values = new ArrayList<>();
        for (var each : entries.tailMap(prefix, true).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                break;
            }
            values.add(value(each.getKey(), each.getValue()));
        }
        return List.copyOf(values);
    }

    private static Value value(String key, Entry entry) {
        return new Value(key, entry.content.clone(), entry.index, entry.session);
    }

    /** Writes a value that goes with the session. */
    void putWhileAlive(String key, byte[] content, String session) {
        entries.put(key, new Entry(content.clone(), index, session, true));
    }

    /** Frees what the session holds, removes what goes with it; false if there was nothing. */
    boolean end(String session) {
        boolean changed = entries.values().removeIf(entry -> entry.alive && entry.isHeldBy(session));
        for (var each : entries.entrySet()) {
            if (each.getValue().isHeldBy(session)) {
                each.setValue(new Entry(each.getValue().content, index, null, false));
                changed = true;
            }
        }
        return changed;
    }

    /**
     * Does one operation.
     *
     * @param sessions that are alive
     * @return why it is refused, or null
     */
    @Nullable String apply(Operation operation, Set<String> sessions) {
        return switch (operation) {
            case Operation.Lock lock -> lock(lock, sessions);
            case Operation.Unlock unlock -> unlock(unlock);
            case Operation.CompareAndSet change -> compareAndSet(change);
            case Operation.CheckHolder check -> checkHolder(check.key(), check.session());
            case Operation.Put put -> write(put.key(), put.content(), holder(put.key()));
            case Operation.Delete delete -> delete(delete.key());
        };
    }

    private @Nullable String lock(Operation.Lock lock, Set<String> sessions) {
        if (!sessions.contains(lock.session())) {
            return "session " + lock.session() + " has ended";
        }
        String holder = holder(lock.key());
        if (holder != null && !holder.equals(lock.session())) {
            return "session " + holder + " holds " + lock.key();
        }
        return write(lock.key(), lock.content(), lock.session());
    }

    private @Nullable String unlock(Operation.Unlock unlock) {
        String refusal = checkHolder(unlock.key(), unlock.session());
        return refusal != null ? refusal : write(unlock.key(), unlock.content(), null);
    }

    private @Nullable String compareAndSet(Operation.CompareAndSet change) {
        Entry entry = entries.get(change.key());
        long present = entry == null ? 0 : entry.index;
        if (present != change.index()) {
            return change.key() + " is at index " + present + ", not " + change.index();
        }
        return write(change.key(), change.content(), holder(change.key()));
    }

    private @Nullable String checkHolder(String key, String session) {
        return session.equals(holder(key)) ? null : "session " + session + " does not hold " + key;
    }

    private @Nullable String holder(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.session;
    }

    private @Nullable String write(String key, byte[] content, @Nullable String session) {
        Entry fresh = new Entry(content.clone(), index, session, false);
        Entry written = entries.merge(key, fresh, (present, next) -> present.isSame(next) ? present : next);
        changed |= written == fresh;
        highest = Math.max(highest, written.index);
        return null;
    }

    private @Nullable String delete(String key) {
        changed |= entries.remove(key) != null;
        return null;
    }
}
