// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ClassDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Object keys: as text for addresses, where a leading {@code =} makes {@code =null}, {@code =empty} and
 * {@code =text:=...} special; and as JSON, like a value of the primary key's type. Generated keys are
 * {@code creator-number} in both.
 */
final class Keys {
    private static final Pattern GENERATED = Pattern.compile("(0|[1-9][0-9]{0,9})-(0|[1-9][0-9]{0,9})");
    private static final String NULL = "=null";
    private static final String EMPTY = "=empty";
    private static final String TEXT = "=text:";
    private static final long HIGHEST_CREATOR = (1L << 30) - 1;
    private static final long HIGHEST_NUMBER = (1L << 32) - 1;

    private Keys() {}

    static String text(ObjectKey key) {
        return switch (key) {
            case ObjectKey.Null k -> NULL;
            case ObjectKey.Int k -> Long.toString(k.value());
            case ObjectKey.Str k -> text(k.value().toUtf8());
            case ObjectKey.Oid k -> k.value().toString();
            case ObjectKey.Uuid k -> k.value().toString();
            case ObjectKey.Global k -> k.high() + "-" + k.low();
        };
    }

    private static String text(String key) {
        if (key.isEmpty()) {
            return EMPTY;
        }
        return key.startsWith("=") ? TEXT + key : key;
    }

    /**
     * Reads the text of a key.
     *
     * @throws Misfit if objects of the class have no such keys
     */
    static ObjectKey parse(ClassDefinition definition, String text) {
        PrimaryKey primaryKey = definition.primaryKey();
        if (primaryKey == null) {
            return generated(text);
        }
        if (text.equals(NULL)) {
            return nullKey(primaryKey);
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (primaryKey.type()) {
            case INT -> read(definition, nodes.objectNode().put("$numberLong", text));
            case OBJECT_ID -> read(definition, nodes.objectNode().put("$oid", text));
            case UUID -> read(definition, nodes.objectNode().put("$uuid", text));
            default -> new ObjectKey.Str(ExtendedJson.text(plain(text)));
        };
    }

    private static String plain(String text) {
        if (text.equals(EMPTY)) {
            return "";
        }
        if (text.startsWith(TEXT)) {
            return text.substring(TEXT.length());
        }
        if (text.startsWith("=")) {
            throw new Misfit("", "a key that begins with = is written as " + TEXT + text);
        }
        return text;
    }

    private static ObjectKey nullKey(PrimaryKey primaryKey) {
        if (!primaryKey.nullable()) {
            throw new Misfit("", "must not be null");
        }
        return ObjectKey.Null.KEY;
    }

    private static ObjectKey generated(String text) {
        Matcher parts = GENERATED.matcher(text);
        if (parts.matches()) {
            long creator = Long.parseLong(parts.group(1));
            long number = Long.parseLong(parts.group(2));
            if (creator <= HIGHEST_CREATOR && number <= HIGHEST_NUMBER) {
                return new ObjectKey.Global(creator, number);
            }
        }
        throw new Misfit("", "must be a generated key like 2-17");
    }

    static JsonNode write(ObjectKey key) {
        return switch (key) {
            case ObjectKey.Null k -> JsonNodeFactory.instance.nullNode();
            case ObjectKey.Int k -> ExtendedJson.write(k.value());
            case ObjectKey.Str k -> JsonNodeFactory.instance.stringNode(k.value().toUtf8());
            case ObjectKey.Oid k -> ExtendedJson.write(new Value.Oid(k.value()), TypeCode.OBJECT_ID);
            case ObjectKey.Uuid k -> ExtendedJson.write(new Value.Uuid(k.value()), TypeCode.UUID);
            case ObjectKey.Global k -> JsonNodeFactory.instance.stringNode(text(k));
        };
    }

    /**
     * Reads the JSON of a key.
     *
     * @throws Misfit if objects of the class have no such keys
     */
    static ObjectKey read(ClassDefinition definition, JsonNode node) {
        PrimaryKey primaryKey = definition.primaryKey();
        if (primaryKey == null) {
            return generated(node.asString(""));
        }
        return node.isNull() ? nullKey(primaryKey) : key(ExtendedJson.read(node, primaryKey.type()));
    }

    /** The key of an object whose primary key has a value. */
    private static ObjectKey key(Value value) {
        return switch (value) {
            case Value.Int v -> new ObjectKey.Int(v.value());
            case Value.Str v -> new ObjectKey.Str(v.value());
            case Value.Oid v -> new ObjectKey.Oid(v.value());
            case Value.Uuid v -> new ObjectKey.Uuid(v.value());
            case Value.Marker v -> ObjectKey.Null.KEY;
            default -> throw new Misfit("", "cannot be a key");
        };
    }

    /** The key as a value, for comparing; null stands for a generated key, which is no value. */
    static Value value(ObjectKey key) {
        return switch (key) {
            case ObjectKey.Null k -> Value.Marker.NULL;
            case ObjectKey.Int k -> new Value.Int(k.value());
            case ObjectKey.Str k -> new Value.Str(k.value());
            case ObjectKey.Oid k -> new Value.Oid(k.value());
            case ObjectKey.Uuid k -> new Value.Uuid(k.value());
            case ObjectKey.Global k -> new Value.Str(ByteString.of(text(k)));
        };
    }
}
