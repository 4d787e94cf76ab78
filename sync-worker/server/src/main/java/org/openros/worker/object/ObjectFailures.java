// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.databind.JsonNode;

/** What ends requests before a realm is asked. */
@Order(0)
@RestControllerAdvice(basePackageClasses = ObjectFailures.class)
final class ObjectFailures {
    @ExceptionHandler(ProblemException.class)
    ResponseEntity<JsonNode> problem(ProblemException problem) {
        return Replies.problem(problem);
    }

    @ExceptionHandler(ServerWebInputException.class)
    ResponseEntity<JsonNode> unreadable(ServerWebInputException failure) {
        return Replies.problem(Problem.invalid("request", String.valueOf(failure.getReason())));
    }
}
