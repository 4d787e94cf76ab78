// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Turns what goes wrong into replies that SDKs read and that never cost a user the log-in. */
@Order(-2)
final class FailureHandler implements WebExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FailureHandler.class);

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        Refusal refusal = refusal(failure);
        if (refusal.equals(Refusal.UNAVAILABLE) && !(failure instanceof CallNotPermittedException)) {
            LOG.warn("core services cannot answer {}: {}", exchange.getRequest().getPath(), failure.toString());
        }
        return refusal.write(response);
    }

    private static Refusal refusal(Throwable failure) {
        return switch (failure) {
            case DataBufferLimitException large -> Refusal.TOO_LARGE;
            case ResponseStatusException status when status.getStatusCode().value() == 404 -> Refusal.NOT_FOUND;
            case ResponseStatusException status when status.getStatusCode().is4xxClientError() -> Refusal.BAD_REQUEST;
            default -> Refusal.UNAVAILABLE;
        };
    }
}
