// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;

/** A column. Compared by identity: one that was erased and added again is another one, with another number. */
final class Column {
    private final Table table;
    private final int id;
    private final ByteString name;
    private final TypeCode type;
    private final CollectionType collection;
    private final @Nullable Table target;
    private final boolean nullable;
    private final Slot.Leaf leaf;

    boolean erased;

    /**
     * A column.
     *
     * @param nullable as declared; links and mixed values have rules of their own (changeset format, section 2.2)
     * @param target for links only
     */
    Column(
            Table table,
            int id,
            ByteString name,
            TypeCode type,
            boolean nullable,
            CollectionType collection,
            @Nullable Table target) {
        this.table = table;
        this.id = id;
        this.name = name;
        this.type = type;
        this.collection = collection;
        this.target = target;
        this.nullable = effective(type, nullable, collection);
        this.leaf = this.nullable ? Slot.NULL : new Slot.Leaf(Value.zero(type));
    }

    private static boolean effective(TypeCode type, boolean declared, CollectionType collection) {
        return switch (type) {
            case NULL -> true;
            case LINK -> collection == CollectionType.SINGLE || collection == CollectionType.DICTIONARY;
            default -> declared;
        };
    }

    Table table() {
        return table;
    }

    int id() {
        return id;
    }

    ByteString name() {
        return name;
    }

    TypeCode type() {
        return type;
    }

    CollectionType collection() {
        return collection;
    }

    @Nullable Table target() {
        return target;
    }

    /** Whether a value or element may be null. */
    boolean nullable() {
        return nullable;
    }

    boolean isCollection() {
        return collection != CollectionType.SINGLE;
    }

    boolean isMixed() {
        return type == TypeCode.NULL;
    }

    /** Whether values or elements are embedded objects. */
    boolean isEmbedded() {
        return target != null && target.isEmbedded();
    }

    /** The default of a value or element. */
    Slot.Leaf elementDefault() {
        return leaf;
    }

    /** What a new object has here; a collection is a fresh one. */
    Slot emptySlot() {
        return switch (collection) {
            case SINGLE -> leaf;
            case LIST -> new Slot.Elements();
            case DICTIONARY -> new Slot.Entries();
            case SET -> new Slot.Members();
        };
    }
}
