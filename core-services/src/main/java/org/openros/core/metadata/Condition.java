// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import org.jspecify.annotations.Nullable;

/** What must hold when a transaction is committed; otherwise none of it happens. */
public sealed interface Condition {
    /** The object is there. */
    record Exists(ObjectRef object) implements Condition {}

    /** The object is not there. */
    record Absent(ObjectRef object) implements Condition {}

    /** The object is there and a field of it has this value, or none if the value is null. */
    record FieldEquals(ObjectRef object, String field, @Nullable FieldValue value) implements Condition {}
}
