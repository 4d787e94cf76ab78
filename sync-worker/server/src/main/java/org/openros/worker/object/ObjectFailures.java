// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** What ends requests before a realm is asked. */
@Order(0)
@RestControllerAdvice(basePackageClasses = ObjectFailures.class)
final class ObjectFailures {
    @ExceptionHandler(ProblemException.class)
    ResponseEntity<JsonNode> problem(ProblemException problem) {
        return Replies.problem(problem);
    }

    @ExceptionHandler(ResponseStatusException.class)
    ResponseEntity<JsonNode> unreadable(ResponseStatusException failure) {
        if (failure.getStatusCode().value() == Problem.TOO_LARGE.status()) {
            return Replies.problem(Problem.TOO_LARGE.exception("the request body is too large"));
        }
        return Replies.problem(Problem.invalid("request", String.valueOf(failure.getMessage())));
    }
}
