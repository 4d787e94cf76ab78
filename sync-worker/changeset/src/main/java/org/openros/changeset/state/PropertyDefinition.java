// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.TypeCode;

/**
 * A field of a class, other than its primary key.
 *
 * @param type {@link TypeCode#NULL} for mixed
 * @param nullable whether the value, or an element, may be null
 * @param target the class that it links to; for links only
 * @param embedded whether that class is embedded, so that the objects are part of this one
 */
public record PropertyDefinition(
        ByteString name,
        TypeCode type,
        CollectionType collection,
        boolean nullable,
        @Nullable ByteString target,
        boolean embedded) {
    static PropertyDefinition of(Column column) {
        Table target = column.target();
        return new PropertyDefinition(
                column.name(),
                column.type(),
                column.collection(),
                column.nullable(),
                target == null ? null : target.name(),
                column.isEmbedded());
    }
}
