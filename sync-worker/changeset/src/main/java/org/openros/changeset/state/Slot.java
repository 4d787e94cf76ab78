// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Value;

/** What stands in one place of an object: a value, a collection or an embedded object. */
sealed interface Slot {
    /** The null value. */
    Leaf NULL = new Leaf(Value.Marker.NULL);

    /** A scalar, a link or null. */
    record Leaf(Value value) implements Slot {}

    /** A list. */
    final class Elements implements Slot {
        private SlotList slots = new SlotList();

        int size() {
            return slots.size();
        }

        Slot get(int index) {
            return slots.get(index);
        }

        SlotList slots() {
            return slots;
        }

        void set(int index, Slot slot, Inverses journal) {
            Slot old = slots.set(index, slot);
            journal.onUndo(() -> slots.set(index, old));
        }

        void insert(int index, Slot slot, Inverses journal) {
            slots.add(index, slot);
            journal.onUndo(() -> slots.remove(index));
        }

        Slot remove(int index, Inverses journal) {
            Slot old = slots.remove(index);
            journal.onUndo(() -> slots.add(index, old));
            return old;
        }

        void clear(Inverses journal) {
            SlotList old = slots;
            slots = new SlotList();
            journal.onUndo(() -> slots = old);
        }
    }

    /** A dictionary, in the order of unsigned key bytes. */
    final class Entries implements Slot {
        private NavigableMap<ByteString, Slot> slots = new TreeMap<>();

        @Nullable Slot get(ByteString key) {
            return slots.get(key);
        }

        Map<ByteString, Slot> slots() {
            return slots;
        }

        void put(ByteString key, Slot slot, Inverses journal) {
            Slot old = slots.put(key, slot);
            journal.onUndo(() -> restore(key, old));
        }

        void remove(ByteString key, Inverses journal) {
            Slot old = slots.remove(key);
            journal.onUndo(() -> restore(key, old));
        }

        private void restore(ByteString key, @Nullable Slot old) {
            if (old == null) {
                slots.remove(key);
            } else {
                slots.put(key, old);
            }
        }

        void clear(Inverses journal) {
            NavigableMap<ByteString, Slot> old = slots;
            slots = new TreeMap<>();
            journal.onUndo(() -> slots = old);
        }
    }

    /** A set. */
    final class Members implements Slot {
        private NavigableSet<Value> values = new TreeSet<>(SetOrder.INSTANCE);

        Collection<Value> values() {
            return values;
        }

        /** Adds a value unless one that is equal is there. */
        void insert(Value value, Inverses journal) {
            if (values.add(value)) {
                journal.onUndo(() -> values.remove(value));
            }
        }

        void erase(Value value, Inverses journal) {
            Value present = values.floor(value);
            if (present != null && values.remove(value)) {
                journal.onUndo(() -> values.add(present));
            }
        }

        void clear(Inverses journal) {
            NavigableSet<Value> old = values;
            values = new TreeSet<>(SetOrder.INSTANCE);
            journal.onUndo(() -> values = old);
        }
    }

    /**
     * The fields of an object, embedded or not. Only fields that were set are kept; the others have the default of
     * their column, so that adding a column touches no object.
     */
    final class Fields implements Slot {
        private final Table table;
        private final Map<Column, Slot> slots = new LinkedHashMap<>();

        Fields(Table table) {
            this.table = table;
        }

        Table table() {
            return table;
        }

        /** The slots that were set, also those of columns that were erased since. */
        Map<Column, Slot> slots() {
            return slots;
        }

        /** The slot of a field; a default is not kept. */
        Slot get(Column column) {
            Slot slot = slots.get(column);
            return slot == null ? column.emptySlot() : slot;
        }

        void set(Column column, Slot slot, Inverses journal) {
            Slot old = slots.put(column, slot);
            journal.onUndo(() -> restore(column, old));
        }

        private void restore(Column column, @Nullable Slot old) {
            if (old == null) {
                slots.remove(column);
            } else {
                slots.put(column, old);
            }
        }

        /** The collection of a field, kept from now on. */
        Slot collection(Column column, Inverses journal) {
            Slot slot = slots.get(column);
            if (slot == null) {
                slot = column.emptySlot();
                set(column, slot, journal);
            }
            return slot;
        }
    }
}
