// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON object that a client sent; keys nobody asks for are ignored. Each problem ends in an error reply. */
public final class JsonBody {
    private final JsonNode object;

    private JsonBody(JsonNode object) {
        this.object = object;
    }

    /** Reads a body; none at all is refused as well. */
    public static JsonBody parse(JsonMapper json, byte @Nullable [] bytes) {
        JsonNode node;
        try {
            node = json.readTree(bytes == null ? new byte[0] : bytes);
        } catch (JacksonException e) {
            throw ApiError.BAD_REQUEST.exception("the request body is not well-formed JSON");
        }
        if (!node.isObject()) {
            throw ApiError.BAD_REQUEST.exception("the request body must be a JSON object");
        }
        return new JsonBody(node);
    }

    /** An object that was read elsewhere. */
    public static JsonBody of(JsonNode object) {
        return new JsonBody(object);
    }

    /** The whole object. */
    public JsonNode json() {
        return object;
    }

    /** Whether there is a value other than null. */
    public boolean has(String key) {
        return object.hasNonNull(key);
    }

    /** An array that must be there. */
    public List<JsonNode> list(String key) {
        JsonNode value = required(key);
        if (!value.isArray()) {
            throw ApiError.BAD_REQUEST.exception("parameter '" + key + "' must be an array");
        }
        return value.valueStream().toList();
    }

    /** A string that must be there. */
    public String text(String key) {
        JsonNode value = required(key);
        if (!value.isString()) {
            throw ApiError.BAD_REQUEST.exception("parameter '" + key + "' must be a string");
        }
        return value.stringValue();
    }

    private JsonNode required(String key) {
        if (!has(key)) {
            throw ApiError.MISSING_PARAMETER.exception("missing parameter '" + key + "'");
        }
        return object.path(key);
    }
}
