// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The partition value by which an SDK names a realm within its app. Two spellings of one value are one partition: the
 * JSON is read, not compared, and 32-bit and 64-bit integers of equal value are the same (client HTTP API, section 9).
 */
public sealed interface Partition {
    /** A string; ROS-style paths such as {@code /~/notes} are strings too. */
    record Text(String value) implements Partition {
        /**
         * Checks that the string has a UTF-8 form, so that different strings have different paths.
         *
         * @throws IllegalArgumentException if half of a surrogate pair stands alone
         */
        public Text {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
                throw new IllegalArgumentException("the partition is not well-formed Unicode");
            }
        }
    }

    /** An integer. */
    record Number(long value) implements Partition {}

    /** A BSON ObjectId: 24 lower-case hexadecimal digits. */
    record ObjectId(String hex) implements Partition {
        private static final Pattern FORM = Pattern.compile("[0-9a-f]{24}");

        /**
         * Checks the form.
         *
         * @throws IllegalArgumentException if the text is not an ObjectId
         */
        public ObjectId {
            if (!FORM.matcher(hex).matches()) {
                throw new IllegalArgumentException("an ObjectId has 24 lower-case hexadecimal digits");
            }
        }
    }

    /** A UUID. */
    record Uuid(UUID value) implements Partition {
        /** Reads the full form only: the library's reader also takes shortened groups. */
        static Uuid parse(String text) {
            UUID uuid = UUID.fromString(text);
            if (!uuid.toString().equals(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("a UUID has 32 hexadecimal digits in five groups");
            }
            return new Uuid(uuid);
        }
    }

    /** The null partition. */
    enum None implements Partition {
        NULL
    }

    /** The largest path of a BIND message in bytes. */
    int MAX_BYTES = 1024;

    /**
     * Reads the path of a BIND message: canonical extended JSON, or a bare text that some clients send unquoted
     * ({@code "x"} and {@code x} are one partition).
     *
     * @throws IllegalArgumentException if the text is empty, too long, or a JSON value that is no partition
     */
    static Partition parse(String bindPath) {
        if (bindPath.isEmpty() || bindPath.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new IllegalArgumentException("a partition has 1 to " + MAX_BYTES + " bytes");
        }
        char first = bindPath.charAt(0);
        if (first != '"' && first != '{' && !bindPath.equals("null")) {
            return new Text(bindPath);
        }
        return fromJson(read(bindPath));
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the partition is not well-formed JSON", e);
        }
    }

    private static Partition fromJson(JsonNode node) {
        if (node.isNull()) {
            return None.NULL;
        }
        if (node.isString()) {
            return new Text(node.stringValue());
        }
        if (node.isObject() && node.size() == 1) {
            String type = node.propertyNames().iterator().next();
            return fromExtendedJson(type, node.get(type));
        }
        throw new IllegalArgumentException("a partition is a string, an integer, an ObjectId, a UUID or null");
    }

    private static Partition fromExtendedJson(String type, JsonNode value) {
        return switch (type) {
            case "$numberInt" -> new Number(Integer.parseInt(value.asString("")));
            case "$numberLong" -> new Number(Long.parseLong(value.asString("")));
            case "$oid" -> new ObjectId(value.asString("").toLowerCase(Locale.ROOT));
            case "$uuid" -> Uuid.parse(value.asString(""));
            case "$binary" -> new Uuid(uuid(value));
            default -> throw new IllegalArgumentException("a partition cannot have the type " + type);
        };
    }

    private static UUID uuid(JsonNode binary) {
        byte[] bytes = Base64.getDecoder().decode(binary.path("base64").asString(""));
        if (bytes.length != 16 || !binary.path("subType").asString("").equals("04")) {
            throw new IllegalArgumentException("a binary partition must be a UUID");
        }
        HexFormat hex = HexFormat.of();
        return new UUID(
                HexFormat.fromHexDigitsToLong(hex.formatHex(bytes, 0, 8)),
                HexFormat.fromHexDigitsToLong(hex.formatHex(bytes, 8, 16)));
    }

    /** The reader, in a holder because an interface cannot have private fields. */
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactory()).build();

        private Json() {}
    }
}
