// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes that happen together or not at all. */
public record Transaction(List<Condition> conditions, List<Change> changes) {
    /** Takes copies. */
    public Transaction {
        conditions = List.copyOf(conditions);
        changes = List.copyOf(changes);
    }

    /** Starts a transaction. */
    public static Builder begin() {
        return new Builder();
    }

    /** Collects conditions and changes in order. */
    public static final class Builder {
        private final List<Condition> conditions = new ArrayList<>();
        private final List<Change> changes = new ArrayList<>();

        private Builder() {}

        /** The object must be there. */
        public Builder requireExists(ObjectRef object) {
            conditions.add(new Condition.Exists(object));
            return this;
        }

        /** The object must not be there. */
        public Builder requireAbsent(ObjectRef object) {
            conditions.add(new Condition.Absent(object));
            return this;
        }

        /** The field must have this value, or none. */
        public Builder requireEquals(ObjectRef object, String field, @Nullable FieldValue value) {
            conditions.add(new Condition.FieldEquals(object, field, value));
            return this;
        }

        /** Makes an object. */
        public Builder create(ObjectRef object) {
            changes.add(new Change.Create(object));
            return this;
        }

        /** Removes an object. */
        public Builder erase(ObjectRef object) {
            changes.add(new Change.Erase(object));
            return this;
        }

        /** Sets a field. */
        public Builder set(ObjectRef object, String field, FieldValue value) {
            changes.add(new Change.Set(object, field, value));
            return this;
        }

        /** Sets an entry of a dictionary. */
        public Builder put(ObjectRef object, String field, String entry, FieldValue value) {
            changes.add(new Change.Put(object, field, entry, value));
            return this;
        }

        /** Removes an entry of a dictionary. */
        public Builder remove(ObjectRef object, String field, String entry) {
            changes.add(new Change.Remove(object, field, entry));
            return this;
        }

        /** The finished transaction. */
        public Transaction build() {
            return new Transaction(conditions, changes);
        }
    }
}
