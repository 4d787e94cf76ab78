// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectKey;

/**
 * The objects in memory. One whose content the store may not show yet is held: it was changed since the last drain, or
 * drained and not settled. The others are a cache, the least recently used leaving first.
 */
final class LoadedObjects {
    /** What an object takes in memory besides its content, roughly. */
    private static final int OVERHEAD = 256;

    /** How much larger content is in memory than in the store, roughly. */
    private static final int EXPANSION = 4;

    private record Generation(long number, List<StoredObject> objects) {}

    private final StateAccess base;
    private final ObjectCodec codec;
    private final Journal journal;
    private final long cacheBytes;

    private final Map<ByteString, StoredObject> held = new HashMap<>();
    private final Map<ByteString, StoredObject> cached = new LinkedHashMap<>(16, 0.75f, true);
    private final List<StoredObject> dirty = new ArrayList<>();
    private final Deque<Generation> unsettled = new ArrayDeque<>();
    private long cachedBytes;
    private long settled;
    /** The object that was asked for last: mostly it is the one asked for next. */
    private @Nullable StoredObject last;

    LoadedObjects(StateAccess base, ObjectCodec codec, Journal journal, long cacheBytes) {
        this.base = base;
        this.codec = codec;
        this.journal = journal;
        this.cacheBytes = cacheBytes;
    }

    /** The object with a key, whether it exists or not. */
    StoredObject get(Table table, ObjectKey key) {
        StoredObject recent = last;
        if (recent != null && recent.table().equals(table) && recent.key().equals(key)) {
            return recent;
        }
        ByteString stateKey = ByteString.copyOf(StateKeys.object(table, key));
        StoredObject object = held.get(stateKey);
        if (object == null) {
            object = cached.get(stateKey);
        }
        if (object == null) {
            object = load(table, key, stateKey);
        }
        last = object;
        return object;
    }

    private StoredObject load(Table table, ObjectKey key, ByteString stateKey) {
        StoredObject object = new StoredObject(table, key, stateKey);
        byte[] bytes = stateKey.toByteArray();
        byte[] value = base.get(bytes);
        if (value != null) {
            object.fields = codec.decode(table, bytes, value).fields();
            object.storedBytes = value.length;
        }
        cache(object);
        return object;
    }

    /** Announces a change of an object's content. */
    void touch(StoredObject object) {
        if (object.isDirty) {
            return;
        }
        if (held.putIfAbsent(object.stateKey(), object) == null) {
            uncache(object);
        }
        object.isDirty = true;
        dirty.add(object);
        journal.onUndo(() -> {
            dirty.removeLast();
            object.isDirty = false;
            release(object);
        });
    }

    /** Creates an object, or removes it. */
    void replace(StoredObject object, Slot.@Nullable Fields fields) {
        touch(object);
        Slot.Fields old = object.fields;
        object.fields = fields;
        journal.onUndo(() -> object.fields = old);
    }

    boolean isDirty() {
        return !dirty.isEmpty();
    }

    void drainTo(List<StateChange> changes, long generation) {
        for (StoredObject object : dirty) {
            object.isDirty = false;
            object.drainedIn = generation;
            if (!object.table().erased) {
                changes.add(change(object));
            }
        }
        if (!dirty.isEmpty()) {
            unsettled.add(new Generation(generation, List.copyOf(dirty)));
            dirty.clear();
        }
    }

    private StateChange change(StoredObject object) {
        byte[] key = object.stateKey().toByteArray();
        Slot.Fields fields = object.fields;
        if (fields == null) {
            object.storedBytes = 0;
            return new StateChange.Delete(key);
        }
        byte[] value = codec.encode(object.key(), fields);
        object.storedBytes = value.length;
        return new StateChange.Put(key, value);
    }

    void settle(long generation) {
        settled = Math.max(settled, generation);
        while (!unsettled.isEmpty() && unsettled.getFirst().number() <= settled) {
            unsettled.removeFirst().objects().forEach(this::release);
        }
    }

    /** Lets an object go if the store shows its content. */
    private void release(StoredObject object) {
        if (!object.isDirty && object.drainedIn <= settled && held.remove(object.stateKey()) != null) {
            cache(object);
        }
    }

    private void cache(StoredObject object) {
        cached.put(object.stateKey(), object);
        cachedBytes += weight(object);
        Iterator<StoredObject> eldest = cached.values().iterator();
        while (cachedBytes > cacheBytes && eldest.hasNext()) {
            StoredObject leaving = eldest.next();
            eldest.remove();
            cachedBytes -= weight(leaving);
        }
    }

    private void uncache(StoredObject object) {
        if (cached.remove(object.stateKey(), object)) {
            cachedBytes -= weight(object);
        }
    }

    private static long weight(StoredObject object) {
        return OVERHEAD + 2L * object.stateKey().length() + (long) EXPANSION * object.storedBytes;
    }

    /** Forgets what can be read again; true if nothing is held. */
    boolean clear() {
        cached.clear();
        cachedBytes = 0;
        last = null;
        return held.isEmpty();
    }

    /** Receives existing objects. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the next object; false ends the walk. */
        boolean visit(ObjectKey key, Slot.Fields fields);
    }

    /**
     * Walks the objects of a class in the order of their stored keys.
     *
     * @param after only objects behind this one; null to start
     */
    void scan(Table table, @Nullable ObjectKey after, Visitor visitor) {
        byte[] start = after == null ? new byte[0] : StateKeys.object(table, after);
        new Scan(heldBehind(table, ByteString.copyOf(start)), table, visitor).over(base, start);
    }

    private NavigableMap<ByteString, StoredObject> heldBehind(Table table, ByteString start) {
        NavigableMap<ByteString, StoredObject> behind = new TreeMap<>();
        for (StoredObject object : held.values()) {
            if (object.table().equals(table) && object.stateKey().compareTo(start) > 0) {
                behind.put(object.stateKey(), object);
            }
        }
        return behind;
    }

    /** Merges the store with the held objects, which win. */
    private final class Scan {
        private final NavigableMap<ByteString, StoredObject> waiting;
        private final Table table;
        private final Visitor visitor;
        private boolean goOn = true;

        Scan(NavigableMap<ByteString, StoredObject> waiting, Table table, Visitor visitor) {
            this.waiting = waiting;
            this.table = table;
            this.visitor = visitor;
        }

        void over(StateAccess store, byte[] start) {
            store.scan(StateKeys.objects(table), start, (key, value) -> {
                ByteString stateKey = ByteString.copyOf(key);
                visitHeldThrough(stateKey);
                if (goOn && !held.containsKey(stateKey)) {
                    ObjectCodec.Stored stored = codec.decode(table, key, value);
                    goOn = visitor.visit(stored.key(), stored.fields());
                }
                return goOn;
            });
            while (goOn && !waiting.isEmpty()) {
                visitHeld(waiting.pollFirstEntry().getValue());
            }
        }

        private void visitHeldThrough(ByteString stateKey) {
            while (goOn && !waiting.isEmpty() && waiting.firstKey().compareTo(stateKey) <= 0) {
                visitHeld(waiting.pollFirstEntry().getValue());
            }
        }

        private void visitHeld(StoredObject object) {
            Slot.Fields fields = object.fields;
            if (fields != null) {
                goOn = visitor.visit(object.key(), fields);
            }
        }
    }
}
