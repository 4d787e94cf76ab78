// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.openros.changeset.CollectionType;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ApplyException.Reason;

/** What a place accepts, and what becomes of the value that was there (changeset format, section 2.3). */
final class SlotRules {
    /** The longest value of a single binary field. */
    private static final int MAX_BINARY = 16_777_200;

    private final Schema schema;

    SlotRules(Schema schema) {
        this.schema = schema;
    }

    /**
     * The value as it is stored in places of a column: a scalar, a link or null.
     *
     * @throws ApplyException if the column does not accept it
     */
    Value accept(Column column, Value given) {
        Value value = Numbers.withoutSentinel(given);
        return switch (value) {
            case Value.Marker marker -> acceptMarker(column, marker);
            case Value.Link link -> acceptLink(column, link);
            case Value.Int _,
                    Value.Bool _,
                    Value.Str _,
                    Value.Binary _,
                    Value.Timestamp _,
                    Value.Float _,
                    Value.Double _,
                    Value.Decimal _,
                    Value.Oid _,
                    Value.Uuid _ -> {
                if (!column.isMixed() && column.type() != value.type()) {
                    throw new ApplyException(Reason.TYPE_MISMATCH);
                }
                yield value;
            }
        };
    }

    private static Value acceptMarker(Column column, Value.Marker marker) {
        switch (marker) {
            case NULL -> {
                if (!column.nullable()) {
                    throw new ApplyException(Reason.NULL_NOT_ALLOWED);
                }
            }
            case OBJECT -> throw new ApplyException(Reason.OBJECT_VALUE_NOT_ALLOWED);
            case DICTIONARY, LIST, SET, ERASED -> throw new ApplyException(Reason.VALUE_NOT_ALLOWED_HERE);
        }
        return marker;
    }

    private Value acceptLink(Column column, Value.Link link) {
        Table target = schema.require(link.table());
        target.checkKey(link.key());
        if (column.isMixed()) {
            if (target.kind() == TableKind.ASYMMETRIC) {
                throw new ApplyException(Reason.ASYMMETRIC_LINK);
            }
        } else if (column.type() != TypeCode.LINK) {
            throw new ApplyException(Reason.TYPE_MISMATCH);
        } else if (!target.equals(column.target())) {
            throw new ApplyException(Reason.WRONG_LINK_TARGET);
        }
        return link;
    }

    /** Checks what only single fields refuse. */
    void checkField(Column column, Value value) {
        if (value instanceof Value.Binary binary
                && column.type() == TypeCode.BINARY
                && binary.value().length() > MAX_BINARY) {
            throw new ApplyException(Reason.VALUE_NOT_ALLOWED_HERE);
        }
        if (value instanceof Value.Link && column.isMixed() && column.table().kind() == TableKind.ASYMMETRIC) {
            throw new ApplyException(Reason.ASYMMETRIC_LINK);
        }
    }

    /** The slot for an accepted value. */
    Slot.Leaf slot(Column column, Value accepted) {
        if (accepted instanceof Value.Link link && column.isMixed()) {
            Table target = schema.require(link.table());
            if (!target.equals(column.table())) {
                schema.rememberMixedLink(target);
            }
        }
        return accepted == Value.Marker.NULL ? Slot.NULL : new Slot.Leaf(accepted);
    }

    /** Whether clients keep the old bits because the new value is the same number. */
    static boolean keepsOld(Column column, Slot old, Value accepted) {
        if (!(old instanceof Slot.Leaf leaf) || leaf.value().type() != accepted.type()) {
            return false;
        }
        return switch (accepted.type()) {
            case FLOAT, DOUBLE -> Numbers.areEqual(leaf.value(), accepted);
            case DECIMAL -> !isPlainField(column) && Numbers.areEqual(leaf.value(), accepted);
            default -> false;
        };
    }

    private static boolean isPlainField(Column column) {
        return column.collection() == CollectionType.SINGLE && !column.isMixed();
    }
}
