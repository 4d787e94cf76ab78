// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Replies in the form that their askers get to see. */
final class Replies {
    private static final String RETRY_SECONDS = "1";

    private Replies() {}

    static ResponseEntity<JsonNode> ok(JsonNode body) {
        return ResponseEntity.ok(body);
    }

    static ResponseEntity<JsonNode> problem(ProblemException failure) {
        Problem problem = failure.problem();
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", String.valueOf(failure.getMessage()));
        String parameter = failure.parameter();
        if (parameter != null) {
            body.putArray("invalid_params")
                    .addObject()
                    .put("name", parameter)
                    .put("reason", String.valueOf(failure.getMessage()));
        }
        ResponseEntity.BodyBuilder reply =
                ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == 503) {
            reply.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return reply.body(body);
    }
}
