// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.DirectoryElection;
import org.openros.core.problem.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Passes calls that may change realms or rights to the instance whose directory is active. What only asks is answered
 * here.
 */
final class ForwardToActive implements WebFilter {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardToActive.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Which of two instances is active may be seen differently for a moment; nothing goes round in circles. */
    private static final String FORWARDED = "X-Directory-Forwarded";

    private static final Set<String> PASSED = Set.of("authorization", "x-realm-access-token", "content-type", "accept");

    private final DirectoryElection election;
    private final WebClient http = WebClient.create();

    ForwardToActive(DirectoryElection election) {
        this.election = election;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        URI other = election.other();
        if (other == null || !isChange(exchange.getRequest())) {
            return chain.filter(exchange);
        }
        return http.method(exchange.getRequest().getMethod())
                .uri(target(exchange.getRequest().getURI(), other))
                .headers(headers -> copy(exchange.getRequest().getHeaders(), headers))
                .header(FORWARDED, "1")
                .body(BodyInserters.fromDataBuffers(exchange.getRequest().getBody()))
                .exchangeToMono(answer -> pass(answer, exchange.getResponse()))
                .timeout(TIMEOUT)
                .onErrorMap(ForwardToActive::isNoAnswer, failure -> {
                    LOG.debug("the active directory at {} cannot be reached", other, failure);
                    return Problem.SERVICE_UNAVAILABLE.exception("the directory is being taken over: try again");
                });
    }

    private static boolean isNoAnswer(Throwable failure) {
        return failure instanceof WebClientRequestException || failure instanceof TimeoutException;
    }

    private static boolean isChange(ServerHttpRequest request) {
        String path = request.getURI().getRawPath();
        boolean ours = path.startsWith("/realms/") || path.startsWith("/permissions/");
        // A question for a realm makes it if it is not there.
        boolean mayChange = !request.getMethod().equals(HttpMethod.GET) || path.startsWith("/realms/files/");
        return ours && mayChange && request.getHeaders().getFirst(FORWARDED) == null;
    }

    private static URI target(URI asked, URI instance) {
        return UriComponentsBuilder.fromUri(asked)
                .scheme(instance.getScheme())
                .host(instance.getHost())
                .port(instance.getPort())
                .build(true)
                .toUri();
    }

    private static void copy(HttpHeaders from, HttpHeaders to) {
        for (String name : PASSED) {
            @Nullable String value = from.getFirst(name);
            if (value != null) {
                to.set(name, value);
            }
        }
    }

    private static Mono<Void> pass(ClientResponse answer, ServerHttpResponse response) {
        response.setStatusCode(answer.statusCode());
        for (String name : new String[] {HttpHeaders.CONTENT_TYPE, HttpHeaders.CACHE_CONTROL,
                HttpHeaders.RETRY_AFTER}) {
            @Nullable String value = answer.headers().asHttpHeaders().getFirst(name);
            if (value != null) {
                response.getHeaders().set(name, value);
            }
        }
        return response.writeWith(answer.bodyToFlux(DataBuffer.class));
    }
}
