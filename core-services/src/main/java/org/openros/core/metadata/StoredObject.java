// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;

/**
 * An object as read. Fields never set, or set to null, are left out.
 *
 * @param fields the single values
 * @param dictionaries the entries of each dictionary; an empty one may be left out
 */
public record StoredObject(Map<String, FieldValue> fields, Map<String, Map<String, FieldValue>> dictionaries) {
    /** A string, or null if there is none. */
    public @Nullable String text(String field) {
        return fields.get(field) instanceof Text text ? text.value() : null;
    }

    /** A boolean; false if there is none. */
    public boolean flag(String field) {
        return fields.get(field) instanceof Flag flag && flag.value();
    }

    /** An integer; 0 if there is none. */
    public long whole(String field) {
        return fields.get(field) instanceof Whole whole ? whole.value() : 0;
    }

    /** A point in time; 1970 if there is none. */
    public Instant moment(String field) {
        return fields.get(field) instanceof Moment moment ? moment.value() : Instant.EPOCH;
    }

    /** The entries of a dictionary. */
    public Map<String, FieldValue> entries(String field) {
        return dictionaries.getOrDefault(field, Map.of());
    }
}
