// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JsonNode;

/** Bad input of the HTTP interface: always 400 with a text that says what is wrong. */
@RestControllerAdvice
final class ApiFailures {
    @ExceptionHandler(IllegalArgumentException.class)
    ResponseEntity<JsonNode> badInput(IllegalArgumentException e) {
        return Answers.error(HttpStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
}
