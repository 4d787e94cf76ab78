// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectId;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values as JSON: plain where the type of the field says the rest, MongoDB's extended JSON (version 2) where JSON has
 * no such type. Links are not values here, see {@link ObjectJson}.
 */
final class ExtendedJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-fA-F]{24}");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int UUID_BYTES = 16;
    private static final int LONGEST_STRING = 16_777_199;

    /** Readers of JSON that keep numbers as doubles read integers up to here exactly. */
    private static final long EXACT = (1L << 53) - 1;

    private ExtendedJson() {}

    /**
     * Writes a value.
     *
     * @param column the type of its place; {@link TypeCode#NULL} if the value has to tell its type itself
     */
    static JsonNode write(Value value, TypeCode column) {
        return switch (value) {
            case Value.Marker marker -> NODES.nullNode();
            case Value.Int v -> write(v.value());
            case Value.Bool v -> NODES.booleanNode(v.value());
            case Value.Str v -> NODES.stringNode(v.value().toUtf8());
            case Value.Binary v -> {
                ObjectNode node = NODES.objectNode();
                node.putObject("$binary")
                        .put("base64", Base64.getEncoder().encodeToString(v.value().toByteArray()))
                        .put("subType", "00");
                yield node;
            }
            case Value.Timestamp v -> Timestamps.write(v);
            case Value.Float v -> write(Float.intBitsToFloat(v.bits()), column);
            case Value.Double v -> write(Double.longBitsToDouble(v.bits()), column);
            case Value.Decimal v -> NODES.objectNode().put("$numberDecimal", Decimals.write(v));
            case Value.Link v -> throw new IllegalArgumentException("a link");
            case Value.Oid v -> NODES.objectNode().put("$oid", v.value().toString());
            case Value.Uuid v -> NODES.objectNode().put("$uuid", v.value().toString());
        };
    }

    static JsonNode write(long number) {
        return Math.abs(number) <= EXACT && number != Long.MIN_VALUE
                ? NODES.numberNode(number)
                : NODES.objectNode().put("$numberLong", Long.toString(number));
    }

    private static JsonNode write(double number, TypeCode column) {
        return column == TypeCode.DOUBLE && Double.isFinite(number)
                ? NODES.numberNode(number)
                : NODES.objectNode().put("$numberDouble", Double.toString(number));
    }

    private static JsonNode write(float number, TypeCode column) {
        return column == TypeCode.FLOAT && Float.isFinite(number)
                ? NODES.numberNode(number)
                : NODES.objectNode().put("$numberFloat", Float.toString(number));
    }

    /**
     * Reads a value of a type.
     *
     * @param column {@link TypeCode#NULL} if the value tells its type itself
     * @throws Misfit if it is of another type, or malformed
     */
    static Value read(JsonNode node, TypeCode column) {
        return switch (column) {
            case FLOAT -> new Value.Float(Float.floatToRawIntBits((float) number(node, "$numberFloat")));
            case DOUBLE -> new Value.Double(Double.doubleToRawLongBits(number(node, "$numberDouble")));
            case DECIMAL -> node.isNumber() ? Decimals.read(node.asString()) : checked(read(node), column);
            case NULL -> read(node);
            default -> checked(read(node), column);
        };
    }

    private static Value checked(Value value, TypeCode column) {
        if (value.type() != column) {
            throw misfit("is " + name(value.type()) + " but must be " + name(column));
        }
        return value;
    }

    private static String name(TypeCode type) {
        return type == TypeCode.NULL ? "null" : type.notation();
    }

    private static double number(JsonNode node, String wrapper) {
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (!node.isObject() || node.size() != 1) {
            throw misfit("must be a number");
        }
        JsonNode text = node.has(wrapper) ? node.path(wrapper) : node.path("$numberDouble");
        try {
            return Double.parseDouble(text.asString(""));
        } catch (NumberFormatException e) {
            throw misfit("must be a number");
        }
    }

    private static Value read(JsonNode node) {
        if (node.isNull()) {
            return Value.Marker.NULL;
        }
        if (node.isBoolean()) {
            return new Value.Bool(node.booleanValue());
        }
        if (node.isString()) {
            return new Value.Str(text(node.stringValue()));
        }
        if (node.isIntegralNumber()) {
            return whole(node.asString());
        }
        if (node.isNumber()) {
            return new Value.Double(Double.doubleToRawLongBits(node.doubleValue()));
        }
        if (node.isObject() && node.size() == 1) {
            Map.Entry<String, JsonNode> only = node.properties().iterator().next();
            return wrapped(only.getKey(), only.getValue());
        }
        throw misfit("is not a value");
    }

    private static Value wrapped(String type, JsonNode content) {
        return switch (type) {
            case "$numberInt", "$numberLong" -> whole(content.asString(""));
            case "$numberDouble" -> read(NODES.objectNode().set(type, content), TypeCode.DOUBLE);
            case "$numberFloat" -> read(NODES.objectNode().set(type, content), TypeCode.FLOAT);
            case "$numberDecimal" -> Decimals.read(content.asString(""));
            case "$oid" -> new Value.Oid(ObjectId.parse(
                    matching(content, OBJECT_ID, "24 hexadecimal digits").toLowerCase(Locale.ROOT)));
            case "$uuid" -> new Value.Uuid(UUID.fromString(matching(content, UUID_FORM, "a UUID")));
            case "$date" -> Timestamps.read(content);
            case "$realmTimestamp" -> Timestamps.readParts(content);
            case "$binary" -> binary(content);
            default -> throw misfit("'" + shortened(type) + "' is no type of a value");
        };
    }

    private static Value whole(String text) {
        try {
            return new Value.Int(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw misfit("is not a whole number of 64 bits");
        }
    }

    private static Value binary(JsonNode content) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(content.path("base64").asString("?"));
        } catch (IllegalArgumentException e) {
            throw misfit("$binary needs base64");
        }
        return content.path("subType").asString("00").equals("04") && bytes.length == UUID_BYTES
                ? new Value.Uuid(uuid(bytes))
                : new Value.Binary(ByteString.copyOf(bytes));
    }

    private static UUID uuid(byte[] bytes) {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static String matching(JsonNode node, Pattern form, String what) {
        String text = node.asString("");
        if (!form.matcher(text).matches()) {
            throw misfit("must be " + what);
        }
        return text;
    }

    /** A text that has a UTF-8 form, and that clients can hold. */
    static ByteString text(String text) {
        ByteString bytes = ByteString.of(text);
        if (bytes.length() > LONGEST_STRING) {
            throw misfit("is too long");
        }
        if (!bytes.toUtf8().equals(text)) {
            throw misfit("is not well-formed Unicode");
        }
        return bytes;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static Misfit misfit(String reason) {
        return new Misfit("", reason);
    }
}
