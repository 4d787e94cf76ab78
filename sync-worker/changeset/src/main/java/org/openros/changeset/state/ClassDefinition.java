// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.TableKind;

/**
 * A class of a realm.
 *
 * @param primaryKey null if objects have generated keys or the class is embedded
 * @param properties by name, without the primary key
 */
public record ClassDefinition(
        ByteString name,
        TableKind kind,
        @Nullable PrimaryKey primaryKey,
        Map<ByteString, PropertyDefinition> properties) {
    static ClassDefinition of(Table table) {
        Map<ByteString, PropertyDefinition> properties = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            properties.put(column.name(), PropertyDefinition.of(column));
        }
        return new ClassDefinition(table.name(), table.kind(), table.primaryKey(), properties);
    }

    /** Whether its objects are parts of others. */
    public boolean isEmbedded() {
        return kind == TableKind.EMBEDDED;
    }

    /** Whether an object's key is the value of this field. */
    public boolean isPrimaryKey(ByteString field) {
        return primaryKey != null && primaryKey.field().equals(field);
    }
}
