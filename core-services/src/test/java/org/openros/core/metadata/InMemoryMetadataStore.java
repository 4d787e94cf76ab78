// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A store that forgets all when it goes, and that can be made to be away. */
public final class InMemoryMetadataStore implements MetadataStore {
    private final Map<ObjectRef, StoredObject> objects = new HashMap<>();
    private boolean away;
    private int asked;

    /** Takes the store away, or brings it back. */
    public synchronized void setAway(boolean away) {
        this.away = away;
    }

    /** The number of objects of a class. */
    public synchronized long count(MetadataTable table) {
        return objects.keySet().stream().filter(ref -> ref.table() == table).count();
    }

    @Override
    public synchronized boolean isReachable() {
        return !away;
    }

    /** How often the store was asked while it was away. */
    public synchronized int askedInVain() {
        return asked;
    }

    @Override
    public synchronized @Nullable StoredObject find(ObjectRef object) {
        requireHere();
        StoredObject found = objects.get(object);
        return found == null ? null : copy(found);
    }

    @Override
    public synchronized List<KeyedObject> list(
            MetadataTable table, String prefix, @Nullable String after, int limit) {
        requireHere();
        return objects.keySet().stream()
                .filter(ref -> ref.table() == table && ref.key().startsWith(prefix))
                .filter(ref -> ref.key().length() > prefix.length())
                .map(ObjectRef::key)
                .filter(key -> after == null || key.compareTo(after) > 0)
                .sorted()
                .limit(limit)
                .map(key -> new KeyedObject(key, copy(require(new ObjectRef(table, key)))))
                .toList();
    }

    @Override
    public synchronized boolean commit(Transaction transaction) {
        requireHere();
        if (!transaction.conditions().stream().allMatch(this::holds)) {
            return false;
        }
        transaction.changes().forEach(this::apply);
        return true;
    }

    private void requireHere() {
        if (away) {
            asked++;
            throw new StoreUnavailableException("taken away");
        }
    }

    private boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.Exists(ObjectRef object) -> objects.containsKey(object);
            case Condition.Absent(ObjectRef object) -> !objects.containsKey(object);
            case Condition.FieldEquals(ObjectRef object, String field, FieldValue value) -> {
                StoredObject found = objects.get(object);
                yield found != null && Objects.equals(found.fields().get(field), value);
            }
        };
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Create(ObjectRef object) ->
                objects.putIfAbsent(object, new StoredObject(new HashMap<>(), new HashMap<>()));
            case Change.Erase(ObjectRef object) -> objects.remove(object);
            case Change.Set(ObjectRef object, String field, FieldValue value) ->
                require(object).fields().put(field, value);
            case Change.Put(ObjectRef object, String field, String entry, FieldValue value) ->
                entries(object, field).put(entry, value);
            case Change.Remove(ObjectRef object, String field, String entry) ->
                entries(object, field).remove(entry);
        }
    }

    private Map<String, FieldValue> entries(ObjectRef object, String field) {
        return require(object).dictionaries().computeIfAbsent(field, key -> new HashMap<>());
    }

    private StoredObject require(ObjectRef object) {
        return Objects.requireNonNull(objects.get(object), () -> "no object " + object);
    }

    private static StoredObject copy(StoredObject object) {
        Map<String, Map<String, FieldValue>> dictionaries = new HashMap<>();
        object.dictionaries().forEach((field, entries) -> dictionaries.put(field, new HashMap<>(entries)));
        return new StoredObject(new HashMap<>(object.fields()), dictionaries);
    }
}
