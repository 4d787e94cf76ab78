// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.replication.Status;
import org.openros.worker.group.GroupNode;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Liveness and readiness of the worker. */
@RestController
final class StatusController {
    private final GroupNode node;

    StatusController(GroupNode node) {
        this.node = node;
    }

    /** Answers 200 unless the node has stopped taking part by itself, and has to be restarted. */
    @GetMapping("/livez")
    ResponseEntity<JsonNode> live() {
        return answer(node.fault() == null ? null : "an internal error, see the log: restart this worker");
    }

    /** Answers 200 for a master that serves and a follower that can be counted on, otherwise 503 with the reason. */
    @GetMapping("/readyz")
    ResponseEntity<JsonNode> ready() {
        Status status = node.status();
        return answer(status.inStep() ? null : Objects.requireNonNullElse(status.notServing(), "not in step yet"));
    }

    private static ResponseEntity<JsonNode> answer(@Nullable String reason) {
        return reason == null
                ? ResponseEntity.ok(status("up"))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(status("down").put("reason", reason));
    }

    private static ObjectNode status(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }
}
