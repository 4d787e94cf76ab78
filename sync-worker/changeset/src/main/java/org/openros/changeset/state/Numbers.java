// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.openros.changeset.Value;

/** Compares numbers by their exact value, whatever their types (changeset format, sections 2.3 and 2.7). */
final class Numbers {
    private static final int DECIMAL_INFINITY = 9184;
    private static final int DECIMAL_NAN = 9696;
    private static final int FLOAT_NULL = 0x7fc0_00aa;
    private static final long DOUBLE_NULL = 0x7ff8_0000_0000_00aaL;
    private static final Value.Decimal DECIMAL_NULL =
            new Value.Decimal(BigInteger.valueOf(170), DECIMAL_NAN, false);

    /** Where a number lies; finite ones are compared further. */
    private enum Region {
        NAN,
        MINUS_INFINITY,
        FINITE,
        INFINITY
    }

    private Numbers() {}

    static boolean isNumber(Value value) {
        return switch (value.type()) {
            case INT, FLOAT, DOUBLE, DECIMAL -> true;
            case NULL, BOOL, STRING, BINARY, TIMESTAMP, LINK, OBJECT_ID, UUID -> false;
            case GLOBAL_KEY, OBJECT_VALUE, DICTIONARY, ERASED, LIST, SET -> false;
        };
    }

    /** The value itself, or null if it is one of the NaN patterns that clients take for null. */
    static Value withoutSentinel(Value value) {
        boolean isNull = (value instanceof Value.Float f && f.bits() == FLOAT_NULL)
                || (value instanceof Value.Double d && d.bits() == DOUBLE_NULL)
                || (value instanceof Value.Decimal n && n.exponent() == DECIMAL_NAN && n.equals(DECIMAL_NULL));
        return isNull ? Value.Marker.NULL : value;
    }

    /** Whether two numbers are equal; NaN is not equal to itself. */
    static boolean areEqual(Value a, Value b) {
        return region(a) != Region.NAN && compare(a, b) == 0;
    }

    /** Compares numbers of any types; all NaN are equal and come first. */
    static int compare(Value a, Value b) {
        if (a instanceof Value.Int x && b instanceof Value.Int y) {
            return Long.compare(x.value(), y.value());
        }
        Region region = region(a);
        int byRegion = region.compareTo(region(b));
        return byRegion != 0 || region != Region.FINITE ? byRegion : exact(a).compareTo(exact(b));
    }

    private static Region region(Value value) {
        return switch (value) {
            case Value.Float v -> region(Float.intBitsToFloat(v.bits()));
            case Value.Double v -> region(Double.longBitsToDouble(v.bits()));
            case Value.Decimal v when v.exponent() >= DECIMAL_NAN -> Region.NAN;
            case Value.Decimal v when v.exponent() >= DECIMAL_INFINITY ->
                v.negative() ? Region.MINUS_INFINITY : Region.INFINITY;
            default -> Region.FINITE;
        };
    }

    private static Region region(double value) {
        if (Double.isNaN(value)) {
            return Region.NAN;
        }
        if (Double.isFinite(value)) {
            return Region.FINITE;
        }
        return value > 0 ? Region.INFINITY : Region.MINUS_INFINITY;
    }

    private static BigDecimal exact(Value value) {
        return switch (value) {
            case Value.Int v -> BigDecimal.valueOf(v.value());
            case Value.Float v -> new BigDecimal(Float.intBitsToFloat(v.bits()));
            case Value.Double v -> new BigDecimal(Double.longBitsToDouble(v.bits()));
            case Value.Decimal v ->
                new BigDecimal(v.negative() ? v.coefficient().negate() : v.coefficient(), -v.exponent());
            default -> throw new IllegalArgumentException("not a number: " + value.type());
        };
    }
}
