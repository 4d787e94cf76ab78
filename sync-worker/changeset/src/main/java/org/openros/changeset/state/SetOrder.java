// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Comparator;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.Value;

/**
 * Orders the elements of a set; equal are those that are one element (changeset format, section 2.7): numbers by value
 * across types, everything else by type and content. A tree needs no hash that a client could make collide.
 *
 * <p>Clients treat NaN in a set of float or double as unequal to itself. Here it is one element, as in a set of mixed:
 * the size of a set is visible to nobody.
 */
public final class SetOrder implements Comparator<Value> {
    /** The order; it has no state. */
    public static final SetOrder INSTANCE = new SetOrder();

    private static final Comparator<ObjectKey> KEYS =
            Comparator.<ObjectKey>comparingInt(key -> key.type().code()).thenComparing(SetOrder::compareKeys);

    private SetOrder() {}

    @Override
    public int compare(Value a, Value b) {
        int byRank = Integer.compare(rank(a), rank(b));
        return byRank != 0 ? byRank : sameRank(a, b);
    }

    /** Whether one of two values can come before the other by what they say, and not by their types alone. */
    public static boolean areOfOneKind(Value a, Value b) {
        return rank(a) == rank(b);
    }

    private static int rank(Value value) {
        return Numbers.isNumber(value) ? 1 : value.type().code();
    }

    private static int sameRank(Value a, Value b) {
        return switch (a) {
            case Value.Int _, Value.Float _, Value.Double _, Value.Decimal _ -> Numbers.compare(a, b);
            case Value.Marker _ -> 0;
            case Value.Bool v -> Boolean.compare(v.value(), ((Value.Bool) b).value());
            case Value.Str v -> v.value().compareTo(((Value.Str) b).value());
            case Value.Binary v -> v.value().compareTo(((Value.Binary) b).value());
            case Value.Timestamp v -> compareTimestamps(v, (Value.Timestamp) b);
            case Value.Link v -> compareLinks(v, (Value.Link) b);
            case Value.Oid v -> v.value().compareTo(((Value.Oid) b).value());
            case Value.Uuid v -> v.value().compareTo(((Value.Uuid) b).value());
        };
    }

    private static int compareTimestamps(Value.Timestamp a, Value.Timestamp b) {
        int bySeconds = Long.compare(a.seconds(), b.seconds());
        return bySeconds != 0 ? bySeconds : Integer.compare(a.nanoseconds(), b.nanoseconds());
    }

    private static int compareLinks(Value.Link a, Value.Link b) {
        int byTable = a.table().compareTo(b.table());
        return byTable != 0 ? byTable : KEYS.compare(a.key(), b.key());
    }

    private static int compareKeys(ObjectKey a, ObjectKey b) {
        return switch (a) {
            case ObjectKey.Null _ -> 0;
            case ObjectKey.Int k -> Long.compare(k.value(), ((ObjectKey.Int) b).value());
            case ObjectKey.Str k -> k.value().compareTo(((ObjectKey.Str) b).value());
            case ObjectKey.Oid k -> k.value().compareTo(((ObjectKey.Oid) b).value());
            case ObjectKey.Uuid k -> k.value().compareTo(((ObjectKey.Uuid) b).value());
            case ObjectKey.Global k -> {
                ObjectKey.Global other = (ObjectKey.Global) b;
                int byHigh = Long.compareUnsigned(k.high(), other.high());
                yield byHigh != 0 ? byHigh : Long.compareUnsigned(k.low(), other.low());
            }
        };
    }
}
