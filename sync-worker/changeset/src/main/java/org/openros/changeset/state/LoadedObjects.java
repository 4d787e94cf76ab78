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

    /** If more objects than this are changed at once, they are kept in their stored form. */
    static final int MANY = 256;

    /** An object that is unpacked so often is not packed again: two large ones in turn would never come to an end. */
    private static final int PACKINGS = 4;

    /** How much larger content is in memory than in the store, roughly. */
    private static final int EXPANSION = 4;

    private record Generation(long number, List<StoredObject> objects) {}

    private final StateAccess base;
    private final ObjectCodec codec;
    private final Journal journal;
    private final long cacheBytes;
    private final int many;

    private final Map<ByteString, StoredObject> held = new HashMap<>();
    private final Map<ByteString, StoredObject> cached = new LinkedHashMap<>(16, 0.75f, true);
    private final List<StoredObject> dirty = new ArrayList<>();
    private final Deque<Generation> unsettled = new ArrayDeque<>();
    private long cachedBytes;
    private long settled;
    /** The object that was asked for last: mostly it is the one asked for next. */
    private @Nullable StoredObject last;

    LoadedObjects(StateAccess base, ObjectCodec codec, Journal journal, long cacheBytes, int many) {
        this.base = base;
        this.codec = codec;
        this.journal = journal;
        this.cacheBytes = cacheBytes;
        this.many = many;
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
        object.isNew = value == null;
        if (value != null) {
            object.fields = decode(object, value);
            object.storedBytes = value.length;
        }
        cache(object);
        return object;
    }

    /** The content of an object; null if it does not exist. */
    Slot.@Nullable Fields content(StoredObject object) {
        byte[] packed = object.packed;
        if (packed != null) {
            object.fields = decode(object, packed);
            object.packed = null;
        }
        return object.fields;
    }

    private Slot.Fields decode(StoredObject object, byte[] value) {
        return codec.decode(object.table(), object.stateKey().toByteArray(), value).fields();
    }

    /**
     * Announces a change of an object's content. To undo it takes back all that follows, whether that has inverses of
     * its own or not: {@link #isCovered}.
     */
    void touch(StoredObject object) {
        if (object.isDirty) {
            return;
        }
        boolean existed = object.exists();
        boolean isStored = held.putIfAbsent(object.stateKey(), object) == null;
        if (isStored) {
            uncache(object);
        }
        object.isDirty = true;
        object.touchedAt = journal.mark();
        object.packings = 0;
        dirty.add(object);
        journal.onUndo(() -> {
            dirty.removeLast();
            object.isDirty = false;
            object.fields = null;
            object.packed = isStored ? existed ? base.get(object.stateKey().toByteArray()) : null : object.drained;
            release(object);
        });
    }

    /** Whether undoing everything behind a mark takes back all changes of an object since the last drain at once. */
    boolean isCovered(StoredObject object, int mark) {
        return object.isDirty && object.touchedAt >= mark;
    }

    /** Creates an object, or removes it. */
    void replace(StoredObject object, Slot.@Nullable Fields fields, Inverses inverses) {
        Slot.Fields old = content(object);
        object.fields = fields;
        inverses.onUndo(() -> object.fields = old);
    }

    /**
     * Keeps a changed object in its stored form if there are many, because the next change is most likely one of
     * another.
     */
    void pack(StoredObject object) {
        Slot.Fields fields = object.fields;
        if (dirty.size() > many && fields != null && object.packings < PACKINGS) {
            object.packings++;
            object.packed = codec.encode(object.key(), fields);
            object.fields = null;
        }
    }

    boolean isDirty() {
        return !dirty.isEmpty();
    }

    void drainTo(List<StateChange> changes, long generation) {
        boolean packing = dirty.size() > many;
        for (StoredObject object : dirty) {
            object.isDirty = false;
            object.drainedIn = generation;
            if (!object.table().erased) {
                changes.add(change(object, packing));
            }
        }
        if (!dirty.isEmpty()) {
            unsettled.add(new Generation(generation, List.copyOf(dirty)));
            dirty.clear();
        }
    }

    private StateChange change(StoredObject object, boolean packing) {
        byte[] key = object.stateKey().toByteArray();
        Slot.Fields fields = object.fields;
        byte[] value = fields == null ? object.packed : codec.encode(object.key(), fields);
        object.drained = value;
        if (value == null) {
            object.storedBytes = 0;
            return new StateChange.Delete(key);
        }
        if (packing) {
            object.packed = value;
            object.fields = null;
        }
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
            object.drained = null;
            if (object.isNew) {
                // Most objects are written once. This one is read from the store if it is asked for again, and kept then.
                object.isNew = false;
            } else {
                cache(object);
            }
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
            Slot.Fields fields = content(object);
            if (fields != null) {
                goOn = visitor.visit(object.key(), fields);
            }
        }
    }
}
