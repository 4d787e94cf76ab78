// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.ServiceTokens;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Lists and ends open sessions for core services. To callers without a service token the routes do not exist, for
 * they are on the public port.
 */
final class SessionRoutes {
    private static final String PATH = "/internal/v1/sessions";
    private static final String BEARER = "bearer ";
    private static final int MAX_PAGE = 500;

    private final AccessWatch sessions;
    private final ServiceTokens tokens;

    SessionRoutes(AccessWatch sessions, ServiceTokens tokens) {
        this.sessions = sessions;
        this.tokens = tokens;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(PATH, this::list)
                .DELETE(PATH + "/{number}", this::end)
                .build();
    }

    /** A part of the list, oldest first. */
    record Page(List<AccessWatch.OpenSession> sessions) {}

    private Mono<ServerResponse> list(ServerRequest request) {
        if (!isKnown(request)) {
            return ServerResponse.notFound().build();
        }
        long after = number(request.queryParam("after").orElse("0"));
        int limit = (int) Math.clamp(number(request.queryParam("limit").orElse("50")), 1L, MAX_PAGE);
        @Nullable String path = request.queryParam("path").orElse(null);
        @Nullable String user = request.queryParam("user").orElse(null);
        return ServerResponse.ok().bodyValue(new Page(sessions.list(path, user, after, limit)));
    }

    private Mono<ServerResponse> end(ServerRequest request) {
        return isKnown(request) && sessions.end(number(request.pathVariable("number")))
                ? ServerResponse.noContent().build()
                : ServerResponse.notFound().build();
    }

    private static long number(String text) {
        try {
            return Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private boolean isKnown(ServerRequest request) {
        String header = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return false;
        }
        try {
            tokens.verify(header.substring(BEARER.length()).strip());
            return true;
        } catch (InvalidTokenException e) {
            return false;
        }
    }
}
