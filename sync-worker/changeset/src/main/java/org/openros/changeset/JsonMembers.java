// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads members of JSON objects and complains about those that are missing or of a wrong kind. */
final class JsonMembers {
    private JsonMembers() {}

    static JsonNode member(JsonNode node, String name) {
        JsonNode member = node.get(name);
        if (member == null) {
            throw new NotationException("member \"" + name + "\" is missing");
        }
        return member;
    }

    static String string(JsonNode node, String name) {
        return string(member(node, name));
    }

    static String string(JsonNode node) {
        if (!node.isString()) {
            throw new NotationException("expected a JSON string");
        }
        return node.stringValue();
    }

    static boolean bool(JsonNode node, String name) {
        JsonNode member = member(node, name);
        if (!member.isBoolean()) {
            throw new NotationException("\"" + name + "\" must be true or false");
        }
        return member.booleanValue();
    }

    /** A JSON number between two bounds, inclusive. */
    static long number(JsonNode node, String name, long min, long max) {
        return number(member(node, name), min, max);
    }

    static long number(JsonNode node, long min, long max) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw new NotationException("expected a whole JSON number");
        }
        long value = node.longValue();
        if (value < min || value > max) {
            throw new NotationException("number out of range: " + value);
        }
        return value;
    }

    /** A 64-bit integer in a JSON string. */
    static long signed(JsonNode node) {
        return parsed(node, Long::parseLong);
    }

    /** An unsigned 64-bit integer in a JSON string. */
    static long unsigned(JsonNode node) {
        return parsed(node, Long::parseUnsignedLong);
    }

    /** What a parser makes of a JSON string. */
    static <T> T parsed(JsonNode node, Function<String, T> parser) {
        String text = string(node);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            NotationException refusal = new NotationException("not of the expected form: " + shortened(text));
            refusal.initCause(e);
            throw refusal;
        }
    }

    static <T> List<T> list(JsonNode node, String name, Function<JsonNode, T> reader) {
        return list(member(node, name), reader);
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
        if (!array.isArray()) {
            throw new NotationException("expected a JSON array");
        }
        List<T> list = new ArrayList<>(array.size());
        array.forEach(element -> list.add(reader.apply(element)));
        return List.copyOf(list);
    }

    /** The constant whose lower-camel-case name a member holds. */
    static <E extends Enum<E>> E constant(JsonNode node, String name, E[] constants) {
        String text = string(node, name);
        @Nullable E found = null;
        for (E constant : constants) {
            if (notation(constant).equals(text)) {
                found = constant;
            }
        }
        if (found == null) {
            throw new NotationException("unknown " + name + ": " + shortened(text));
        }
        return found;
    }

    /** The name of a constant in lower camel case: {@code TOP_LEVEL} is {@code topLevel}. */
    static String notation(Enum<?> constant) {
        StringBuilder text = new StringBuilder();
        for (String word : constant.name().split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            text.append(text.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return text.toString();
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
