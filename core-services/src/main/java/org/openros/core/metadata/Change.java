// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

/** One step of a transaction. */
public sealed interface Change {
    /** Makes an object; nothing happens if it is there. */
    record Create(ObjectRef object) implements Change {}

    /** Removes an object; nothing happens if it is not there. */
    record Erase(ObjectRef object) implements Change {}

    /** Sets a field. */
    record Set(ObjectRef object, String field, FieldValue value) implements Change {}

    /** Sets an entry of a dictionary. */
    record Put(ObjectRef object, String field, String entry, FieldValue value) implements Change {}

    /** Removes an entry of a dictionary; nothing happens if it is not there. */
    record Remove(ObjectRef object, String field, String entry) implements Change {}
}
