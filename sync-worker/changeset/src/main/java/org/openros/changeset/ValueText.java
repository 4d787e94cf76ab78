// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;

/** Appends names, object keys and values as text for people. */
final class ValueText {
    /** Longer texts are cut, in characters. */
    private static final int LONGEST_TEXT = 200;

    /** Longer binaries are cut, in bytes. */
    private static final int LONGEST_BINARY = 32;

    private final StringBuilder text;

    ValueText(StringBuilder text) {
        this.text = text;
    }

    /** A class or field, quoted only if it is not a word. */
    void name(ByteString name) {
        if (isWord(name)) {
            text.append(name.toUtf8());
        } else {
            quoted(name);
        }
    }

    private static boolean isWord(ByteString name) {
        for (int i = 0; i < name.length(); i++) {
            byte b = name.byteAt(i);
            if (b != '_' && !Character.isLetterOrDigit(b)) {
                return false;
            }
        }
        return name.length() > 0 && name.length() <= LONGEST_TEXT;
    }

    /** A text in quotes, unprintable characters escaped, cut if it is long. */
    void quoted(ByteString string) {
        String whole = string.toUtf8();
        boolean isCut = whole.length() > LONGEST_TEXT;
        text.append('"');
        for (int i = 0; i < (isCut ? LONGEST_TEXT : whole.length()); i++) {
            character(whole.charAt(i));
        }
        text.append(isCut ? "...\" (" + string.length() + " bytes)" : "\"");
    }

    private void character(char c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append(c);
        } else if (isPrintable(c)) {
            text.append(c);
        } else {
            text.append("\\u").append(HexFormat.of().toHexDigits(c));
        }
    }

    private static boolean isPrintable(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    void key(ObjectKey key) {
        switch (key) {
            case ObjectKey.Null _ -> text.append("null");
            case ObjectKey.Int k -> text.append(k.value());
            case ObjectKey.Str k -> quoted(k.value());
            case ObjectKey.Oid k -> text.append("oid ").append(k.value());
            case ObjectKey.Uuid k -> text.append("uuid ").append(k.value());
            case ObjectKey.Global k ->
                text.append('{').append(fourDigits(k.high())).append('-').append(fourDigits(k.low())).append('}');
        }
    }

    private static String fourDigits(long number) {
        String hex = Long.toHexString(number);
        return "0".repeat(Math.max(0, 4 - hex.length())) + hex;
    }

    void value(Value value) {
        switch (value) {
            case Value.Marker v -> text.append(marker(v));
            case Value.Int v -> text.append(v.value());
            case Value.Bool v -> text.append(v.value());
            case Value.Str v -> quoted(v.value());
            case Value.Binary v -> binary(v.value());
            case Value.Timestamp v -> timestamp(v);
            case Value.Float v -> text.append(Float.intBitsToFloat(v.bits())).append('f');
            case Value.Double v -> text.append(Double.longBitsToDouble(v.bits()));
            case Value.Decimal v -> text.append(decimal(v)).append('m');
            case Value.Link v -> {
                name(v.table());
                text.append('[');
                key(v.key());
                text.append(']');
            }
            case Value.Oid v -> text.append("oid ").append(v.value());
            case Value.Uuid v -> text.append("uuid ").append(v.value());
        }
    }

    private static String marker(Value.Marker marker) {
        return switch (marker) {
            case NULL -> "null";
            case OBJECT -> "<object>";
            case DICTIONARY -> "<dictionary>";
            case ERASED -> "<erased>";
            case LIST -> "<list>";
            case SET -> "<set>";
        };
    }

    private void binary(ByteString bytes) {
        int shown = Math.min(LONGEST_BINARY, bytes.length());
        text.append("0x");
        for (int i = 0; i < shown; i++) {
            text.append(HexFormat.of().toHexDigits(bytes.byteAt(i)));
        }
        if (shown < bytes.length()) {
            text.append("... (").append(bytes.length()).append(" bytes)");
        }
    }

    /** Seconds since 1970 as a decimal number: a calendar does not reach as far as the format. */
    private void timestamp(Value.Timestamp time) {
        BigDecimal fraction = BigDecimal.valueOf(time.nanoseconds(), 9);
        BigDecimal seconds = BigDecimal.valueOf(time.seconds()).add(fraction).stripTrailingZeros();
        text.append('@').append(seconds.toPlainString());
    }

    private static String decimal(Value.Decimal number) {
        if (number.exponent() >= Decimals.NAN) {
            return "NaN";
        }
        String sign = number.negative() ? "-" : "";
        if (number.exponent() >= Decimals.INFINITY) {
            return sign + "Infinity";
        }
        BigInteger coefficient = number.coefficient();
        return sign + new BigDecimal(coefficient, -number.exponent());
    }
}
