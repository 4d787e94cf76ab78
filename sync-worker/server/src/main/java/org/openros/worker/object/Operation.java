// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import tools.jackson.databind.JsonNode;

/** One step of a change. */
sealed interface Operation {
    /** The class. */
    String table();

    /** Makes an object; its key is among its properties, or is generated. */
    record Create(String table, JsonNode object) implements Operation {}

    /** Gives an object exactly these properties, the others their defaults; makes it if it is not there. */
    record Put(String table, KeySource key, JsonNode object) implements Operation {}

    /** Changes some properties of an object. */
    record Patch(String table, KeySource key, JsonNode object) implements Operation {}

    /** Adds to an integer: what others add at the same time counts too. */
    record Increment(String table, KeySource key, String field, long by) implements Operation {}

    /**
     * Erases an object. Links to it lead nowhere from then on.
     *
     * @param required whether it has to be there
     */
    record Delete(String table, KeySource key, boolean required) implements Operation {}

    /** The name in requests and replies. */
    default String place() {
        return switch (this) {
            case Create create -> "object";
            case Put put -> "object";
            case Patch patch -> "object";
            case Increment increment -> "field";
            case Delete delete -> "key";
        };
    }
}
