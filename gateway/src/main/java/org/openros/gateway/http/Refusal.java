// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An error reply in the form that SDKs read (client HTTP API, section 2). The content type has no parameter, because
 * clients ignore the body otherwise.
 *
 * @param errorCode a name that SDKs know, or empty
 */
record Refusal(HttpStatus status, String error, String errorCode) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A failover is over in a few seconds. */
    private static final String RETRY_SECONDS = "2";

    /** No such route: also for all that exists but is not for the public. */
    static final Refusal NOT_FOUND = new Refusal(HttpStatus.NOT_FOUND, "not found", "");

    /** The request is larger than allowed. */
    static final Refusal TOO_LARGE =
            new Refusal(HttpStatus.CONTENT_TOO_LARGE, "the request body is too large", "BadRequest");

    /** The request is not one that an SDK would send. */
    static final Refusal BAD_REQUEST = new Refusal(HttpStatus.BAD_REQUEST, "bad request", "BadRequest");

    /** Nobody can answer now. Never 502 or 504, and never a status that logs users out. */
    static final Refusal UNAVAILABLE = new Refusal(
            HttpStatus.SERVICE_UNAVAILABLE, "the service is not available for a moment", "MaintenanceInProgress");

    /** Writes the reply. */
    Mono<Void> write(ServerHttpResponse response) {
        ObjectNode body = JSON.createObjectNode().put("error", error);
        if (!errorCode.isEmpty()) {
            body.put("error_code", errorCode);
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        response.setStatusCode(status);
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        response.getHeaders().setContentLength(bytes.length);
        DataBuffer buffer = response.bufferFactory().wrap(bytes);
        return response.writeWith(Mono.just(buffer));
    }
}
