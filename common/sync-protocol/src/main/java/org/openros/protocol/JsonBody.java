// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON bodies of error and log messages. */
final class JsonBody {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private JsonBody() {}

    static byte[] encode(ObjectNode json) {
        // By way of a string, because half a surrogate pair becomes a question mark there and an exception in bytes.
        return MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode decode(byte[] body) {
        try {
            if (MAPPER.readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw ProtocolViolation.syntax("the JSON body is malformed");
        }
        throw ProtocolViolation.syntax("the JSON body is not an object");
    }

    static String text(ObjectNode json, String key) {
        return required(json, key, JsonNode::isString).stringValue();
    }

    static String text(ObjectNode json, String key, String fallback) {
        return json.has(key) ? text(json, key) : fallback;
    }

    static boolean flag(ObjectNode json, String key) {
        return required(json, key, JsonNode::isBoolean).booleanValue();
    }

    static int integer(ObjectNode json, String key) {
        return required(json, key, JsonNode::canConvertToInt).intValue();
    }

    private static JsonNode required(ObjectNode json, String key, Predicate<JsonNode> type) {
        @Nullable JsonNode value = json.get(key);
        if (value == null || !type.test(value)) {
            throw ProtocolViolation.syntax("the JSON key " + key + " is missing or of another type");
        }
        return value;
    }
}
