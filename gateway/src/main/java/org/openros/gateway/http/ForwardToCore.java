// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.openros.gateway.core.CoreServicesPool;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.PrematureCloseException;

/**
 * Chooses the instance of core services. One that refuses the connection has not seen the request, so the next one is
 * tried. A request that changes nothing is sent once more if the connection breaks off before an answer; no other is.
 */
final class ForwardToCore implements GatewayFilter, Ordered {
    private static final Set<HttpMethod> REPEATABLE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private static final Retry RETRY = Retry.of("forwarded", RetryConfig.custom()
            .maxAttempts(2)
            .waitDuration(Duration.ofMillis(50))
            .retryExceptions(PrematureCloseException.class, ConnectException.class)
            .build());

    private final CoreServicesPool pool;

    ForwardToCore(CoreServicesPool pool) {
        this.pool = pool;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        Mono<Void> once = Mono.defer(() -> {
            ServerWebExchangeUtils.reset(exchange);
            return forward(exchange, chain, pool.candidates());
        });
        return REPEATABLE.contains(exchange.getRequest().getMethod())
                ? once.onErrorMap(failure -> unlessBegun(exchange, failure)).transformDeferred(RetryOperator.of(RETRY))
                : once;
    }

    /** What has begun to be answered cannot be repeated. */
    private static Throwable unlessBegun(ServerWebExchange exchange, Throwable failure) {
        return exchange.getResponse().isCommitted()
                ? new IllegalStateException("an answer of core services has broken off", failure)
                : failure;
    }

    private Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, List<URI> candidates) {
        URI instance = candidates.getFirst();
        List<URI> others = candidates.subList(1, candidates.size());
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target(exchange, instance));
        return pool.call(instance, Mono.defer(() -> chain.filter(exchange))).onErrorResume(failure -> {
            if (!pool.isUnseen(instance, failure) || others.isEmpty()) {
                return Mono.error(failure);
            }
            ServerWebExchangeUtils.reset(exchange);
            return forward(exchange, chain, others);
        });
    }

    /** Path and query as they came: whatever a client wrote in its own way means the same to core services. */
    private static URI target(ServerWebExchange exchange, URI instance) {
        URI asked = exchange.getRequest().getURI();
        String query = asked.getRawQuery();
        return URI.create(instance.getScheme() + "://" + instance.getRawAuthority() + asked.getRawPath()
                + (query == null ? "" : '?' + query));
    }

    /** After the filter that would set the address of the route. */
    @Override
    public int getOrder() {
        return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
    }
}
