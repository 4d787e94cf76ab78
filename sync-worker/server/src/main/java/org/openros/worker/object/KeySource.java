// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ClassDefinition;
import tools.jackson.databind.JsonNode;

/** How a request names an object; which key that is depends on the class. */
sealed interface KeySource {
    /** As in an address. */
    record Text(String text) implements KeySource {}

    /** As JSON. */
    record Json(JsonNode node) implements KeySource {}

    /** The key in a class; ends in an error reply if there can be no such key. */
    default ObjectKey in(ClassDefinition definition) {
        try {
            return switch (this) {
                case Text(String text) -> Keys.parse(definition, text);
                case Json(JsonNode node) -> Keys.read(definition, node);
            };
        } catch (Misfit misfit) {
            throw Problem.invalid("key", misfit.reason());
        }
    }
}
