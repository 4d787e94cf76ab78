// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import org.springframework.http.HttpHeaders;
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

    /** The caller should try again soon, there or at another worker. */
    static ResponseEntity<JsonNode> unavailable(String message) {
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, "1")
                .body(JsonNodeFactory.instance.objectNode().put("error", message));
    }

    static ResponseEntity<JsonNode> notMaster() {
        return unavailable("this worker is not the master of its group");
    }
}
