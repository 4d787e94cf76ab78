// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON notation of names, object keys and values. */
final class ValueJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Value.Marker[] MARKERS = Value.Marker.values();
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern OBJECT_ID_FORM = Pattern.compile("[0-9a-f]{24}");
    private static final int MAX_NANOSECONDS = 999_999_999;

    private ValueJson() {}

    static JsonNode write(ByteString name) {
        return name.isUtf8() ? NODES.stringNode(name.toUtf8()) : NODES.objectNode().put("hex", name.toHex());
    }

    static JsonNode write(ObjectKey key) {
        ObjectNode node = NODES.objectNode();
        return switch (key) {
            case ObjectKey.Null _ -> NODES.nullNode();
            case ObjectKey.Int k -> node.put("int", Long.toString(k.value()));
            case ObjectKey.Str k -> node.set("string", write(k.value()));
            case ObjectKey.Oid k -> node.put("objectId", k.value().toString());
            case ObjectKey.Uuid k -> node.put("uuid", k.value().toString());
            case ObjectKey.Global k -> {
                node.putObject("globalKey")
                        .put("hi", Long.toUnsignedString(k.high()))
                        .put("lo", Long.toUnsignedString(k.low()));
                yield node;
            }
        };
    }

    static JsonNode write(Value value) {
        ObjectNode node = NODES.objectNode();
        return switch (value) {
            case Value.Marker v when v == Value.Marker.NULL -> NODES.nullNode();
            case Value.Marker v -> node.put("special", v.type().notation());
            case Value.Int v -> node.put("int", Long.toString(v.value()));
            case Value.Bool v -> node.put("bool", v.value());
            case Value.Str v -> node.set("string", write(v.value()));
            case Value.Binary v -> node.put("binary", v.value().toHex());
            case Value.Timestamp v -> {
                node.putObject("timestamp").put("s", Long.toString(v.seconds())).put("ns", v.nanoseconds());
                yield node;
            }
            case Value.Float v -> node.put("float", HexFormat.of().toHexDigits(v.bits()));
            case Value.Double v -> node.put("double", HexFormat.of().toHexDigits(v.bits()));
            case Value.Decimal v -> {
                node.putObject("decimal")
                        .put("coefficient", v.coefficient().toString())
                        .put("exponent", v.exponent())
                        .put("negative", v.negative());
                yield node;
            }
            case Value.Link v -> {
                node.putObject("link").set("table", write(v.table())).set("pk", write(v.key()));
                yield node;
            }
            case Value.Oid v -> node.put("objectId", v.value().toString());
            case Value.Uuid v -> node.put("uuid", v.value().toString());
        };
    }

    static ByteString readName(JsonNode node) {
        return node.isObject() ? hex(JsonMembers.member(node, "hex")) : ByteString.of(text(node));
    }

    static ObjectKey readKey(JsonNode node) {
        if (node.isNull()) {
            return ObjectKey.Null.KEY;
        }
        Map.Entry<String, JsonNode> member = onlyMember(node);
        JsonNode content = member.getValue();
        return switch (member.getKey()) {
            case "int" -> new ObjectKey.Int(JsonMembers.signed(content));
            case "string" -> new ObjectKey.Str(string(content));
            case "objectId" -> new ObjectKey.Oid(objectId(content));
            case "uuid" -> new ObjectKey.Uuid(uuid(content));
            case "globalKey" ->
                new ObjectKey.Global(
                        JsonMembers.unsigned(JsonMembers.member(content, "hi")),
                        JsonMembers.unsigned(JsonMembers.member(content, "lo")));
            default -> throw new NotationException("no object key: " + JsonMembers.shortened(member.getKey()));
        };
    }

    static Value readValue(JsonNode node) {
        if (node.isNull()) {
            return Value.Marker.NULL;
        }
        Map.Entry<String, JsonNode> member = onlyMember(node);
        JsonNode content = member.getValue();
        return switch (member.getKey()) {
            case "int" -> new Value.Int(JsonMembers.signed(content));
            case "bool" -> new Value.Bool(JsonMembers.bool(node, "bool"));
            case "string" -> new Value.Str(string(content));
            case "binary" -> new Value.Binary(hex(content));
            case "timestamp" -> timestamp(content);
            case "float" -> new Value.Float(JsonMembers.parsed(content, ValueJson::intBits));
            case "double" -> new Value.Double(JsonMembers.parsed(content, ValueJson::longBits));
            case "decimal" -> decimal(content);
            case "link" ->
                new Value.Link(
                        readName(JsonMembers.member(content, "table")), readKey(JsonMembers.member(content, "pk")));
            case "objectId" -> new Value.Oid(objectId(content));
            case "uuid" -> new Value.Uuid(uuid(content));
            case "special" -> special(JsonMembers.string(content));
            default -> throw new NotationException("no value: " + JsonMembers.shortened(member.getKey()));
        };
    }

    private static Map.Entry<String, JsonNode> onlyMember(JsonNode node) {
        Map.Entry<String, JsonNode> only = null;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().equals("approx")) {
                continue;
            }
            if (only != null) {
                throw new NotationException("one of: " + only.getKey() + ", " + member.getKey());
            }
            only = member;
        }
        if (only == null) {
            throw new NotationException("expected null or an object with one member");
        }
        return only;
    }

    private static Value special(String text) {
        for (Value.Marker marker : MARKERS) {
            if (marker != Value.Marker.NULL && marker.type().notation().equals(text)) {
                return marker;
            }
        }
        throw new NotationException("unknown special value: " + JsonMembers.shortened(text));
    }

    private static Value timestamp(JsonNode node) {
        long seconds = JsonMembers.signed(JsonMembers.member(node, "s"));
        int nanoseconds = (int) JsonMembers.number(node, "ns", -MAX_NANOSECONDS, MAX_NANOSECONDS);
        if ((seconds > 0 && nanoseconds < 0) || (seconds < 0 && nanoseconds > 0)) {
            throw new NotationException("seconds and nanoseconds of a timestamp differ in sign");
        }
        return new Value.Timestamp(seconds, nanoseconds);
    }

    private static Value decimal(JsonNode node) {
        BigInteger coefficient = JsonMembers.parsed(JsonMembers.member(node, "coefficient"), ValueJson::coefficient);
        int exponent = (int) JsonMembers.number(node, "exponent", Integer.MIN_VALUE, Integer.MAX_VALUE);
        if (coefficient.signum() < 0 || !Decimals.isRepresentable(coefficient, exponent)) {
            throw new NotationException("decimal out of range");
        }
        return new Value.Decimal(coefficient, exponent, JsonMembers.bool(node, "negative"));
    }

    private static BigInteger coefficient(String text) {
        if (text.length() > 40) {
            throw new NumberFormatException("too long");
        }
        return new BigInteger(text);
    }

    private static int intBits(String text) {
        if (text.length() != 8) {
            throw new NumberFormatException("not 8 digits");
        }
        return HexFormat.fromHexDigits(text);
    }

    private static long longBits(String text) {
        if (text.length() != 16) {
            throw new NumberFormatException("not 16 digits");
        }
        return HexFormat.fromHexDigitsToLong(text);
    }

    private static ByteString string(JsonNode node) {
        ByteString string = readName(node);
        if (string.length() > ValueReader.MAX_STRING) {
            throw new NotationException("string of more than " + ValueReader.MAX_STRING + " bytes");
        }
        return string;
    }

    /** A text that has a UTF-8 form: one without lone surrogates. */
    private static String text(JsonNode node) {
        String text = JsonMembers.string(node);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                throw new NotationException("lone surrogate in a string");
            }
        }
        return text;
    }

    private static ByteString hex(JsonNode node) {
        return JsonMembers.parsed(node, text -> ByteString.copyOf(HexFormat.of().parseHex(text)));
    }

    private static ObjectId objectId(JsonNode node) {
        return ObjectId.parse(matching(node, OBJECT_ID_FORM));
    }

    private static UUID uuid(JsonNode node) {
        return UUID.fromString(matching(node, UUID_FORM));
    }

    private static String matching(JsonNode node, Pattern form) {
        String text = JsonMembers.string(node);
        if (!form.matcher(text).matches()) {
            throw new NotationException("not of the expected form: " + JsonMembers.shortened(text));
        }
        return text;
    }
}
