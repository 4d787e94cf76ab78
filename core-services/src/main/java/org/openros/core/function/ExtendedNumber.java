// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A number of extended JSON. Read in the canonical form, {@code {"$numberLong":"1"}}, and in the relaxed one,
 * {@code 1}; written in the canonical form.
 */
sealed interface ExtendedNumber {
    /** The longest text of a number that is looked at. */
    int MAX_TEXT = 64;

    /** The literals of doubles; what Java reads beyond them is no extended JSON. */
    Pattern DOUBLE = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|-?Infinity|NaN");

    /** A 32-bit integer. */
    record Int32(int value) implements ExtendedNumber {}

    /** A 64-bit integer. */
    record Int64(long value) implements ExtendedNumber {}

    /** A double. */
    record Float64(double value) implements ExtendedNumber {}

    /**
     * Reads a number.
     *
     * @throws BadArgumentsException if it is none
     */
    static ExtendedNumber parse(JsonNode node) {
        try {
            return node.isObject() ? canonical(node) : relaxed(node);
        } catch (NumberFormatException e) {
            throw notANumber();
        }
    }

    private static ExtendedNumber canonical(JsonNode node) {
        if (node.size() != 1) {
            throw notANumber();
        }
        Map.Entry<String, JsonNode> only = node.properties().iterator().next();
        String text = only.getValue().asString("");
        if (!only.getValue().isString() || text.length() > MAX_TEXT) {
            throw notANumber();
        }
        return switch (only.getKey()) {
            case "$numberInt" -> new Int32(Integer.parseInt(text));
            case "$numberLong" -> new Int64(Long.parseLong(text));
            case "$numberDouble" -> parseDouble(text);
            default -> throw notANumber();
        };
    }

    private static Float64 parseDouble(String text) {
        if (!DOUBLE.matcher(text).matches()) {
            throw notANumber();
        }
        return new Float64(Double.parseDouble(text));
    }

    private static ExtendedNumber relaxed(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return integer(node.longValue());
        }
        if (!node.isFloatingPointNumber()) {
            throw notANumber();
        }
        return new Float64(node.doubleValue());
    }

    /** The sum, in the narrowest type that is no narrower than either and holds it. */
    default ExtendedNumber plus(ExtendedNumber other) {
        if (this instanceof Float64 || other instanceof Float64) {
            return new Float64(toDouble() + other.toDouble());
        }
        try {
            long sum = Math.addExact(toLong(), other.toLong());
            return this instanceof Int32 && other instanceof Int32 ? integer(sum) : new Int64(sum);
        } catch (ArithmeticException e) {
            throw new BadArgumentsException("the sum has more than 64 bits");
        }
    }

    private static ExtendedNumber integer(long value) {
        return value == (int) value ? new Int32((int) value) : new Int64(value);
    }

    private double toDouble() {
        return this instanceof Float64(double value) ? value : toLong();
    }

    private long toLong() {
        return switch (this) {
            case Int32(int value) -> value;
            case Int64(long value) -> value;
            case Float64(double value) -> (long) value;
        };
    }

    /** The canonical form. */
    default JsonNode toJson() {
        return switch (this) {
            case Int32(int value) -> typed("$numberInt", Integer.toString(value));
            case Int64(long value) -> typed("$numberLong", Long.toString(value));
            case Float64(double value) -> typed("$numberDouble", Double.toString(value));
        };
    }

    private static JsonNode typed(String type, String text) {
        return JsonNodeFactory.instance.objectNode().put(type, text);
    }

    private static BadArgumentsException notANumber() {
        return new BadArgumentsException("not a number of extended JSON, as {\"$numberInt\":\"1\"} is");
    }
}
