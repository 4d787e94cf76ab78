// SPDX-License-Identifier: Apache-2.0
package org.openros.core.status;

import java.util.Map;
import java.util.Objects;
import org.openros.cluster.LockServiceHealth;
import org.openros.core.metadata.MetadataStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this process runs, and whether it can do its work. */
@RestController
public class StatusController {
    private final MetadataStore store;
    private final ObjectProvider<LockServiceHealth> locks;

    StatusController(MetadataStore store, ObjectProvider<LockServiceHealth> locks) {
        this.store = store;
        this.locks = locks;
    }

    @GetMapping("/livez")
    Map<String, String> live() {
        return Map.of("status", "up");
    }

    @GetMapping("/readyz")
    ResponseEntity<Map<String, String>> ready() {
        if (store.isReachable()) {
            return ResponseEntity.ok(Map.of("status", "up"));
        }
        return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                .body(Map.of("status", "down", "reason",
                        "no master of the group default is known" + lockServiceProblem()));
    }

    /** Why no master may be known. While one is known, the lock service may be silent. */
    private String lockServiceProblem() {
        return locks.stream()
                .map(LockServiceHealth::problem)
                .filter(Objects::nonNull)
                .map(problem -> ": " + problem)
                .findFirst()
                .orElse("");
    }
}
