// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * States in the JSON notation, made comparable: sets have no order, {@code approx} is for people, and a
 * dangling link counts as null, because the recorded states of merges show it so in dictionaries and mixed places.
 */
final class StateNotation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private StateNotation() {}

    static JsonNode comparable(JsonNode node) {
        if (node.isArray()) {
            return array(elements(node));
        }
        if (!node.isObject()) {
            return node;
        }
        if (node.path("dangling").asBoolean(false)) {
            return NODES.nullNode();
        }
        ObjectNode result = NODES.objectNode();
        node.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isArray() && (name.equals("set") || name.equals("objects"))) {
                result.set(name, array(sorted(elements(value))));
            } else if (!name.equals("approx")) {
                result.set(name, comparable(value));
            }
        });
        return result;
    }

    private static List<JsonNode> elements(JsonNode array) {
        return MergeVectors.elements(array).map(StateNotation::comparable).toList();
    }

    private static List<JsonNode> sorted(List<JsonNode> elements) {
        List<JsonNode> sorted = new ArrayList<>(elements);
        sorted.sort(Comparator.comparing(JsonNode::toString));
        return sorted;
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return NODES.arrayNode(elements.size()).addAll(elements);
    }
}
