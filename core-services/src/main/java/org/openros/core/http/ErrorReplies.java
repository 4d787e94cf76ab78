// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Turns whatever goes wrong into the one form of error reply that clients read. */
final class ErrorReplies implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

    /** A failover is over in a few seconds. */
    private static final String RETRY_SECONDS = "2";

    private final JsonMapper json;

    ErrorReplies(JsonMapper json) {
        this.json = json;
    }

    @Override
    public int getOrder() {
        return -2;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable problem) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(problem);
        }
        ApiException reply = reply(problem);
        byte[] body = json.writeValueAsBytes(body(reply));
        response.setRawStatusCode(reply.error().status());
        // No charset parameter: with one, clients do not read the body.
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, "application/json");
        response.getHeaders().setContentLength(body.length);
        if (reply.retryAfter() > 0) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(reply.retryAfter()));
        }
        if (reply.error() == ApiError.UNAVAILABLE) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static Map<String, String> body(ApiException reply) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", String.valueOf(reply.getMessage()));
        String code = reply.error().code();
        if (code != null) {
            body.put("error_code", code);
        }
        return body;
    }

    private static ApiException reply(Throwable problem) {
        return switch (problem) {
            case ApiException reply -> reply;
            case StoreUnavailableException away -> unavailable(away);
            case DataBufferLimitException large -> ApiError.TOO_LARGE.exception();
            case ResponseStatusException status -> ofStatus(status);
            default -> defect(problem);
        };
    }

    private static ApiException unavailable(StoreUnavailableException away) {
        LOG.debug("answered 503: {}", away.getMessage());
        return ApiError.UNAVAILABLE.exception();
    }

    private static ApiException ofStatus(ResponseStatusException problem) {
        if (problem.getCause() instanceof DataBufferLimitException) {
            return ApiError.TOO_LARGE.exception();
        }
        return switch (HttpStatus.resolve(problem.getStatusCode().value())) {
            case NOT_FOUND, METHOD_NOT_ALLOWED -> ApiError.NOT_FOUND.exception();
            case CONTENT_TOO_LARGE -> ApiError.TOO_LARGE.exception();
            case UNSUPPORTED_MEDIA_TYPE -> ApiError.BAD_REQUEST.exception("the content type must be application/json");
            case SERVICE_UNAVAILABLE -> ApiError.UNAVAILABLE.exception();
            case null, default ->
                problem.getStatusCode().is4xxClientError() ? ApiError.BAD_REQUEST.exception() : defect(problem);
        };
    }

    private static ApiException defect(Throwable problem) {
        LOG.error("a request ended in an unexpected error", problem);
        return ApiError.INTERNAL.exception();
    }
}
