// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests that change something. Mistakes end in error replies that name the place. */
final class OperationReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MOST_CONDITIONS = 100;
    private static final int MOST_OPERATIONS = 1000;

    private OperationReader() {}

    /** A body that is a JSON object. */
    static JsonNode object(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            throw Problem.invalid("body", "is not well-formed JSON: " + e.getOriginalMessage());
        }
        throw Problem.invalid("body", "is not a JSON object");
    }

    static List<Condition> conditions(JsonNode body) {
        return all(body, "preconditions", MOST_CONDITIONS, OperationReader::condition);
    }

    static List<Operation> operations(JsonNode body) {
        List<Operation> operations = all(body, "operations", MOST_OPERATIONS, OperationReader::operation);
        if (operations.isEmpty()) {
            throw Problem.invalid("operations", "there are none");
        }
        return operations;
    }

    private static <T> List<T> all(JsonNode body, String name, int most, Function<JsonNode, T> reader) {
        JsonNode array = body.path(name);
        if (!array.isMissingNode() && !array.isArray()) {
            throw Problem.invalid(name, "must be an array");
        }
        if (array.size() > most) {
            throw Problem.invalid(name, "more than " + most);
        }
        List<T> all = new ArrayList<>(array.size());
        for (JsonNode node : array) {
            try {
                all.add(reader.apply(node));
            } catch (Misfit misfit) {
                Misfit located = misfit.in(name + "[" + all.size() + "]");
                throw Problem.invalid(located.place(), located.reason());
            }
        }
        return all;
    }

    private static Condition condition(JsonNode node) {
        if (node.has("realmVersion")) {
            return new Condition.VersionIs(whole(node, "realmVersion"));
        }
        String table = text(node, "class");
        KeySource key = key(node);
        if (node.has("exists")) {
            if (!node.path("exists").isBoolean()) {
                throw new Misfit("exists", "must be true or false");
            }
            return new Condition.Exists(table, key, node.path("exists").booleanValue());
        }
        if (node.has("etag")) {
            return new Condition.EtagIs(table, key, Set.of(text(node, "etag")));
        }
        if (node.has("field") && node.has("equals")) {
            return new Condition.FieldEquals(table, key, text(node, "field"), node.path("equals"));
        }
        throw new Misfit("", "says realmVersion, or of an object: exists, etag, or field and equals");
    }

    private static Operation operation(JsonNode node) {
        String table = text(node, "class");
        String op = text(node, "op");
        return switch (op) {
            case "create" -> new Operation.Create(table, member(node, "object"));
            case "put" -> new Operation.Put(table, key(node), member(node, "object"));
            case "patch" -> new Operation.Patch(table, key(node), member(node, "object"));
            case "increment" -> new Operation.Increment(table, key(node), text(node, "field"), whole(node, "by"));
            case "delete" -> new Operation.Delete(table, key(node), false);
            default -> throw new Misfit("op", "is none of create, put, patch, increment, delete");
        };
    }

    private static KeySource key(JsonNode node) {
        if (!node.has("key")) {
            throw new Misfit("key", "is missing");
        }
        return new KeySource.Json(node.path("key"));
    }

    private static String text(JsonNode node, String name) {
        if (!node.path(name).isString()) {
            throw new Misfit(name, "must be a text");
        }
        return node.path(name).stringValue();
    }

    private static long whole(JsonNode node, String name) {
        JsonNode number = node.path(name);
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw new Misfit(name, "must be a whole number");
        }
        return number.longValue();
    }

    private static JsonNode member(JsonNode node, String name) {
        if (!node.path(name).isObject()) {
            throw new Misfit(name, "must be an object");
        }
        return node.path(name);
    }
}
