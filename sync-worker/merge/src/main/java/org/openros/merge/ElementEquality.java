// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.openros.changeset.Instruction.SetErase;
import org.openros.changeset.Instruction.ValuePosition;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.Value;

/** When two set instructions are about the same element (merge rules, sections 2.3 and 4.9). */
final class ElementEquality {
    private static final int INFINITY_EXPONENT = 9184;
    private static final int NAN_EXPONENT = 9696;

    private ElementEquality() {}

    /** Equality of values: within one type, numerically for floating point. */
    static boolean sameValue(Value a, Value b) {
        if (a instanceof Value.Float(int one) && b instanceof Value.Float(int other)) {
            return Float.intBitsToFloat(one) == Float.intBitsToFloat(other);
        }
        if (a instanceof Value.Double(long one) && b instanceof Value.Double(long other)) {
            return Double.longBitsToDouble(one) == Double.longBitsToDouble(other);
        }
        if (a instanceof Value.Decimal one && b instanceof Value.Decimal other) {
            return one.equals(other) || sameNumber(one, other);
        }
        return a.equals(b);
    }

    private static boolean sameNumber(Value.Decimal a, Value.Decimal b) {
        if (isSpecial(a) || isSpecial(b)) {
            return false;
        }
        return number(a).compareTo(number(b)) == 0;
    }

    private static boolean isSpecial(Value.Decimal decimal) {
        return decimal.exponent() == INFINITY_EXPONENT || decimal.exponent() == NAN_EXPONENT;
    }

    private static BigDecimal number(Value.Decimal decimal) {
        BigInteger coefficient = decimal.coefficient();
        return new BigDecimal(decimal.negative() ? coefficient.negate() : coefficient, -decimal.exponent());
    }

    /**
     * Equality as two concurrent erasures see it: strings, binaries and links are compared by where they stood in the
     * bytes, because stock clients do.
     */
    static boolean sameErased(SetErase a, SetErase b) {
        ValuePosition one = a.position();
        ValuePosition other = b.position();
        if (one == null || other == null) {
            return sameValue(a.value(), b.value());
        }
        return switch (a.value()) {
            case Value.Str(var text) -> b.value() instanceof Value.Str(var otherText)
                    && one.offset() == other.offset()
                    && text.length() == otherText.length();
            case Value.Binary(var bytes) -> b.value() instanceof Value.Binary(var otherBytes)
                    && one.offset() == other.offset()
                    && bytes.length() == otherBytes.length();
            case Value.Link(var table, var key) -> b.value() instanceof Value.Link(var otherTable, var otherKey)
                    && one.tableIndex() == other.tableIndex()
                    && sameKey(key, one, otherKey, other);
            default -> sameValue(a.value(), b.value());
        };
    }

    private static boolean sameKey(ObjectKey a, ValuePosition one, ObjectKey b, ValuePosition other) {
        if (a instanceof ObjectKey.Str && b instanceof ObjectKey.Str) {
            return one.keyIndex() == other.keyIndex();
        }
        return a.equals(b);
    }
}
