// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The answers that several routes give. */
final class Answers {
    private Answers() {}

    static ResponseEntity<JsonNode> error(HttpStatus status, String message) {
        return ResponseEntity.status(status)
                .body(JsonNodeFactory.instance.objectNode().put("error", message));
    }

    static ResponseEntity<JsonNode> notFound() {
        return ResponseEntity.status(HttpStatus.NOT_FOUND)
                .body(JsonNodeFactory.instance.objectNode().put("found", false));
    }

    static ResponseEntity<JsonNode> unavailable(String message) {
        return error(HttpStatus.SERVICE_UNAVAILABLE, message);
    }
}
