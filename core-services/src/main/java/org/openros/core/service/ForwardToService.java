// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Passes requests for services that do not run here to an instance that runs them. An instance that refuses the
 * connection has not seen the request, so the next one is asked; after that nothing is repeated.
 */
final class ForwardToService implements WebFilter, Ordered {
    private static final Logger LOG = LoggerFactory.getLogger(ForwardToService.class);
    /** Until an answer begins; it may go on for as long as it likes, like a feed of changes. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** What was forwarded once is not forwarded again: the settings of two instances may contradict each other. */
    private static final String FORWARDED = "X-Service-Forwarded";

    private static final String FORWARDED_HOST = "X-Forwarded-Host";
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Of one connection only (RFC 9110, section 7.6.1), or made anew. */
    private static final Set<String> NOT_PASSED = Set.of(
            "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection", "host",
            "content-length");

    private final ChosenServices chosen;
    private final OtherInstances instances;
    private final WebClient http = WebClient.create();

    ForwardToService(ChosenServices chosen, OtherInstances instances) {
        this.chosen = chosen;
        this.instances = instances;
    }

    /** After the guards of routes, before all that is served here. */
    @Override
    public int getOrder() {
        return 0;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        CoreService service = CoreService.of(request.getURI().getRawPath());
        if (service == null || chosen.has(service)) {
            return chain.filter(exchange);
        }
        if (request.getHeaders().getFirst(FORWARDED) != null) {
            LOG.warn("an instance takes this one for one that runs the service {}", service.text());
            return Mono.error(unavailable(service));
        }
        return forward(exchange, service, instances.of(service));
    }

    private Mono<Void> forward(ServerWebExchange exchange, CoreService service, List<URI> candidates) {
        if (candidates.isEmpty()) {
            return Mono.error(unavailable(service));
        }
        List<URI> others = candidates.subList(1, candidates.size());
        return send(exchange, candidates.getFirst())
                .onErrorResume(
                        failure -> isRefused(failure) && !others.isEmpty(),
                        failure -> forward(exchange, service, others))
                .onErrorMap(ForwardToService::isNoAnswer, failure -> {
                    LOG.debug("no answer for {}", service.text(), failure);
                    return unavailable(service);
                });
    }

    private Mono<Void> send(ServerWebExchange exchange, URI instance) {
        ServerHttpRequest request = exchange.getRequest();
        AtomicBoolean begun = new AtomicBoolean();
        return http.method(request.getMethod())
                .uri(target(request.getURI(), instance))
                .headers(headers -> copy(request, headers))
                .body(BodyInserters.fromDataBuffers(request.getBody()))
                .exchangeToMono(answer -> {
                    begun.set(true);
                    return pass(answer, exchange.getResponse());
                })
                .timeout(Mono.delay(TIMEOUT).flatMap(late -> begun.get() ? Mono.never() : Mono.just(late)));
    }

    private static RuntimeException unavailable(CoreService service) {
        return new ResponseStatusException(
                HttpStatus.SERVICE_UNAVAILABLE, "no instance of the service " + service.text() + " can be reached now");
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof WebClientRequestException
                && (failure.getCause() instanceof ConnectException
                        || failure.getCause() instanceof ConnectTimeoutException);
    }

    private static boolean isNoAnswer(Throwable failure) {
        return failure instanceof WebClientRequestException || failure instanceof TimeoutException;
    }

    private static URI target(URI asked, URI instance) {
        return UriComponentsBuilder.fromUri(asked)
                .scheme(instance.getScheme())
                .host(instance.getHost())
                .port(instance.getPort())
                .build(true)
                .toUri();
    }

    private static void copy(ServerHttpRequest request, HttpHeaders to) {
        request.getHeaders().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                to.addAll(name, values);
            }
        });
        to.set(FORWARDED, "1");
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        if (host != null && !to.containsHeader(FORWARDED_HOST)) {
            to.set(FORWARDED_HOST, host);
        }
        InetSocketAddress from = request.getRemoteAddress();
        if (from != null && from.getAddress() != null && !to.containsHeader(FORWARDED_FOR)) {
            to.set(FORWARDED_FOR, from.getAddress().getHostAddress());
        }
    }

    private static Mono<Void> pass(ClientResponse answer, ServerHttpResponse response) {
        response.setStatusCode(answer.statusCode());
        answer.headers().asHttpHeaders().forEach((name, values) -> {
            if (!NOT_PASSED.contains(name.toLowerCase(Locale.ROOT))) {
                response.getHeaders().put(name, values);
            }
        });
        return response.writeAndFlushWith(answer.bodyToFlux(DataBuffer.class).map(Mono::just));
    }
}
