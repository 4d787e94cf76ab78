// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.state.ApplyException.Reason;

/** The place that a path leads to (changeset format, section 2.5). */
sealed interface Target {
    /** The column that says what may stand here. */
    Column column();

    /** A collection column. */
    record Collection(Slot.Fields object, Column column, Slot content) implements Target {}

    /** A place for one value. */
    sealed interface Place extends Target {
        /** What stands there. */
        Slot get();

        void set(Slot slot, Inverses journal);
    }

    /** A field that holds one value. */
    record Field(Slot.Fields object, Column column) implements Place {
        @Override
        public Slot get() {
            return object.get(column);
        }

        @Override
        public void set(Slot slot, Inverses journal) {
            object.set(column, slot, journal);
        }
    }

    /** A place in a list, which need not be within its size. */
    record Element(Slot.Elements list, long index, Column column) implements Place {
        boolean isWithin() {
            return index < list.size();
        }

        @Override
        public Slot get() {
            if (!isWithin()) {
                throw new ApplyException(Reason.INDEX);
            }
            return list.get((int) index);
        }

        @Override
        public void set(Slot slot, Inverses journal) {
            list.set((int) index, slot, journal);
        }
    }

    /** A dictionary entry, which need not exist. */
    record Entry(Slot.Entries dictionary, ByteString key, Column column) implements Place {
        @Nullable Slot find() {
            return dictionary.get(key);
        }

        @Override
        public Slot get() {
            Slot slot = find();
            if (slot == null) {
                throw new ApplyException(Reason.BAD_PATH);
            }
            return slot;
        }

        @Override
        public void set(Slot slot, Inverses journal) {
            dictionary.put(key, slot, journal);
        }
    }
}
