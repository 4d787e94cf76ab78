// SPDX-License-Identifier: Apache-2.0
package org.openros.core.problem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.AccessLevel;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON object of a request; an empty body is an empty object, whatever its label (admin API, section 2). Each
 * problem ends in an error reply.
 */
public final class RequestJson {
    private final JsonNode object;

    private RequestJson(JsonNode object) {
        this.object = object;
    }

    /** Reads a body. */
    public static RequestJson parse(JsonMapper json, byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return new RequestJson(json.createObjectNode());
        }
        try {
            return of("body", json.readTree(bytes));
        } catch (JacksonException e) {
            throw Problem.invalid("body", "is not well-formed JSON");
        }
    }

    private static RequestJson of(String name, JsonNode node) {
        if (!node.isObject()) {
            throw Problem.invalid(name, "is not a JSON object");
        }
        return new RequestJson(node);
    }

    /** Whether there is a value other than null. */
    public boolean has(String key) {
        return object.hasNonNull(key);
    }

    /** The whole object. */
    public JsonNode json() {
        return object;
    }

    /** The value as it is; a missing node if there is none. */
    public JsonNode value(String key) {
        return object.path(key);
    }

    /** An object that must be there. */
    public RequestJson object(String key) {
        if (!has(key)) {
            throw Problem.missing(key);
        }
        return of(key, object.path(key));
    }

    /** A string that must be there, and not be empty. */
    public String text(String key) {
        JsonNode value = object.path(key);
        if (!has(key) || (value.isString() && value.stringValue().isEmpty())) {
            throw Problem.missing(key);
        }
        if (!value.isString()) {
            throw Problem.invalid(key, "is not a string");
        }
        return value.stringValue();
    }

    /** A level of access that must be there. */
    public AccessLevel level(String key) {
        String text = text(key);
        for (AccessLevel level : AccessLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return level;
            }
        }
        throw Problem.invalid(key, "is one of none, read, write, admin");
    }
}
