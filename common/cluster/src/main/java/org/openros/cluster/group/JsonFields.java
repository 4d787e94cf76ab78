// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the fields of one JSON object. Fields that nobody asks for do not matter.
 *
 * <p>All methods throw {@link IllegalArgumentException} if the field is missing or of another kind.
 */
final class JsonFields {
    private final JsonNode object;

    JsonFields(JsonNode object) {
        if (!object.isObject()) {
            throw new IllegalArgumentException("it is no JSON object");
        }
        this.object = object;
    }

    JsonNode any(String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return value;
    }

    String text(String name) {
        JsonNode value = any(name);
        if (!value.isString()) {
            throw new IllegalArgumentException("field " + name + " is no string");
        }
        return value.stringValue();
    }

    @Nullable String optionalText(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : text(name);
    }

    long number(String name) {
        JsonNode value = any(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("field " + name + " is no whole number of 64 bits");
        }
        return value.longValue();
    }

    int smallNumber(String name) {
        return Math.toIntExact(number(name));
    }

    boolean flag(String name) {
        JsonNode value = any(name);
        if (!value.isBoolean()) {
            throw new IllegalArgumentException("field " + name + " is neither true nor false");
        }
        return value.booleanValue();
    }

    URI uri(String name) {
        return URI.create(text(name));
    }

    @Nullable URI optionalUri(String name) {
        String text = optionalText(name);
        return text == null ? null : URI.create(text);
    }
}
