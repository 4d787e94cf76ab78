// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.function.BooleanSupplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Liveness and readiness of the worker. */
@RestController
public final class StatusController {
    private final BooleanSupplier master;

    /** Reports ready while this worker is the master. */
    public StatusController(BooleanSupplier master) {
        this.master = master;
    }

    /** Answers 200 as long as the process answers at all. */
    @GetMapping("/livez")
    ResponseEntity<JsonNode> live() {
        return ResponseEntity.ok(status("up"));
    }

    /** Answers 200 while sessions are served, otherwise 503 with the reason. */
    @GetMapping("/readyz")
    ResponseEntity<JsonNode> ready() {
        return master.getAsBoolean()
                ? ResponseEntity.ok(status("up"))
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .body(status("down").put("reason", "this worker is not the master of its group"));
    }

    private static ObjectNode status(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }
}
