// SPDX-License-Identifier: Apache-2.0
package org.openros.core.problem;

import java.util.List;
import org.openros.core.http.ApiException;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Error replies of the interfaces for realms, permissions and administrators (RFC 9457, with the codes that clients
 * read); others are left to others.
 */
final class ProblemReplies implements WebExceptionHandler, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemReplies.class);
    private static final String PROBLEM_JSON = "application/problem+json";
    private static final String ADMIN = "/admin/v1";
    private static final List<String> ROUTES = List.of("/auth", "/permissions", "/realms", ADMIN);

    private final JsonMapper json;

    ProblemReplies(JsonMapper json) {
        this.json = json;
    }

    /** Before the replies of the SDK's interface. */
    @Override
    public int getOrder() {
        return -3;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted() || !isOurs(exchange.getRequest().getURI().getRawPath())) {
            return Mono.error(failure);
        }
        ProblemException problem = problem(failure);
        byte[] body = json.writeValueAsBytes(body(problem));
        response.setRawStatusCode(problem.problem().status());
        response.getHeaders().set(HttpHeaders.CONTENT_TYPE, contentType(exchange));
        response.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.problem().status() == Problem.SERVICE_UNAVAILABLE.status()) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        }
        if (failure instanceof ApiException reply && reply.retryAfter() > 0) {
            response.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(reply.retryAfter()));
        }
        response.getHeaders().setContentLength(body.length);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static boolean isOurs(String path) {
        return ROUTES.stream().anyMatch(route -> isBelow(route, path));
    }

    private static boolean isBelow(String route, String path) {
        return path.equals(route) || path.startsWith(route + "/");
    }

    /** Some old clients refuse every answer that is not labelled {@code application/json}, and do not say so. */
    private static String contentType(ServerWebExchange exchange) {
        String accept = String.join(",", exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.ACCEPT));
        boolean plain = accept.contains("application/json");
        boolean wanted = accept.contains(PROBLEM_JSON) || isBelow(ADMIN, exchange.getRequest().getURI().getRawPath());
        return wanted && !plain ? PROBLEM_JSON : "application/json";
    }

    private static ObjectNode body(ProblemException problem) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("type", problem.problem().type())
                .put("title", problem.problem().title())
                .put("status", problem.problem().status())
                .put("detail", String.valueOf(problem.getMessage()));
        if (problem.problem().code() != null) {
            body.put("code", problem.problem().code());
        }
        if (problem.parameter() != null) {
            body.putArray("invalid_params")
                    .addObject()
                    .put("name", problem.parameter())
                    .put("reason", String.valueOf(problem.getMessage()));
        }
        return body;
    }

    private static ProblemException problem(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case StoreUnavailableException away -> Problem.SERVICE_UNAVAILABLE.exception("try again");
            case DataBufferLimitException large -> tooLarge();
            case ApiException reply -> problem(reply);
            case ResponseStatusException status -> ofStatus(status);
            default -> defect(failure);
        };
    }

    private static ProblemException problem(ApiException reply) {
        return switch (reply.error()) {
            case USER_DISABLED -> Problem.ACCESS_DENIED.exception("the user is suspended");
            case INVALID_SESSION -> Problem.INVALID_CREDENTIALS.exception("the token is missing, bad or expired");
            case WRONG_PASSWORD, BAD_API_KEY, BAD_FOREIGN_TOKEN, NAME_IN_USE ->
                Problem.INVALID_CREDENTIALS.exception("the credentials are not accepted");
            case UNCONFIRMED -> Problem.INVALID_CREDENTIALS.exception("the address has to be confirmed first");
            case BAD_EMAIL_TOKEN -> Problem.ACCESS_DENIED.exception("the token is unknown, used or too old");
            case NO_USER -> Problem.UNKNOWN_ACCOUNT.exception("there is no such account");
            case NO_PROVIDER -> Problem.invalid("provider", "there is no such provider");
            case TOO_MANY -> Problem.RATE_LIMITED.exception("too many requests: try again later");
            case UNKNOWN_APP -> Problem.invalid("appId", "there is no such app");
            case UNAVAILABLE -> Problem.SERVICE_UNAVAILABLE.exception("try again");
            case TOO_LARGE -> tooLarge();
            case BAD_REQUEST -> Problem.invalid("body", String.valueOf(reply.getMessage()));
            default -> Problem.NOT_FOUND.exception("there is no such route");
        };
    }

    private static ProblemException tooLarge() {
        return new ProblemException(Problem.TOO_LARGE, "the request body is too large", "body");
    }

    private static ProblemException ofStatus(ResponseStatusException failure) {
        if (failure.getCause() instanceof DataBufferLimitException) {
            return tooLarge();
        }
        return switch (failure.getStatusCode().value()) {
            case 404, 405 -> Problem.NOT_FOUND.exception("there is no such route");
            case 413 -> tooLarge();
            case 503 -> Problem.SERVICE_UNAVAILABLE.exception("try again");
            default -> failure.getStatusCode().is4xxClientError()
                    ? Problem.invalid("body", "the request cannot be read")
                    : defect(failure);
        };
    }

    private static ProblemException defect(Throwable failure) {
        LOG.error("a request ended in an unexpected error", failure);
        return Problem.INTERNAL.exception("an unexpected error");
    }
}
