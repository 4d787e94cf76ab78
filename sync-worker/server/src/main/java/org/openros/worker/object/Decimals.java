// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.Value;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decimal numbers as text. The digits stay as they are: 1.0 and 1.00 are different texts, and different values. */
final class Decimals {
    /** Exponents that stand for infinity and for no number (changeset format, section 1.4). */
    private static final int INFINITY = 9184;
    private static final int NAN = 9696;

    private static final int LONGEST = 64;

    private Decimals() {}

    static String write(Value.Decimal decimal) {
        if (decimal.exponent() >= NAN) {
            return "NaN";
        }
        String sign = decimal.negative() ? "-" : "";
        if (decimal.exponent() >= INFINITY) {
            return sign + "Infinity";
        }
        return sign + new BigDecimal(decimal.coefficient(), -decimal.exponent());
    }

    static Value read(String text) {
        boolean negative = text.startsWith("-");
        String number = negative ? text.substring(1) : text;
        return switch (number) {
            case "NaN" -> new Value.Decimal(BigInteger.ZERO, NAN, false);
            case "Infinity" -> new Value.Decimal(BigInteger.ZERO, INFINITY, negative);
            default -> finite(number, negative);
        };
    }

    private static Value finite(String number, boolean negative) {
        if (number.length() > LONGEST || number.startsWith("-") || number.startsWith("+")) {
            throw misfit();
        }
        try {
            BigDecimal parsed = new BigDecimal(number);
            return checked(parsed.unscaledValue(), Math.negateExact(parsed.scale()), negative);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw misfit();
        }
    }

    private static Value checked(BigInteger coefficient, int exponent, boolean negative) {
        ObjectNode notation = JsonNodeFactory.instance.objectNode();
        notation.putObject("decimal")
                .put("coefficient", coefficient.toString())
                .put("exponent", exponent)
                .put("negative", negative);
        return ChangesetJson.readValue(notation);
    }

    private static Misfit misfit() {
        return new Misfit("", "is not a decimal number of 34 digits");
    }
}
