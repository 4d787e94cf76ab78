// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.List;
import java.util.SortedMap;
import org.openros.changeset.Value;

/** What stands in one place of an object. */
sealed interface Content {
    /** The null value. */
    Scalar NULL = new Scalar(Value.Marker.NULL);

    /** A value, a link or null. */
    record Scalar(Value value) implements Content {}

    /** A list. */
    record Elements(List<Content> elements) implements Content {}

    /** A set. */
    record Members(List<Value> members) implements Content {}

    /** A dictionary. */
    record Entries(SortedMap<String, Content> entries) implements Content {}

    /** An embedded object. */
    record Embedded(SortedMap<String, Content> fields) implements Content {}
}
