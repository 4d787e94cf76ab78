// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import org.openros.gateway.core.CoreServicesPool;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Chooses the instance of core services. One that refuses the connection has not seen the request, so the next one is
 * tried; after that nothing is repeated.
 */
final class ForwardToCore implements GatewayFilter, Ordered {
    private final CoreServicesPool pool;

    ForwardToCore(CoreServicesPool pool) {
        this.pool = pool;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return Mono.defer(() -> forward(exchange, chain, pool.candidates()));
    }

    private Mono<Void> forward(ServerWebExchange exchange, GatewayFilterChain chain, List<URI> candidates) {
        URI instance = candidates.getFirst();
        List<URI> others = candidates.subList(1, candidates.size());
        exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_REQUEST_URL_ATTR, target(exchange, instance));
        return chain.filter(exchange).onErrorResume(ConnectException.class, failure -> {
            pool.unreachable(instance);
            if (others.isEmpty()) {
                return Mono.error(failure);
            }
            ServerWebExchangeUtils.reset(exchange);
            return forward(exchange, chain, others);
        });
    }

    private static URI target(ServerWebExchange exchange, URI instance) {
        return UriComponentsBuilder.fromUri(exchange.getRequest().getURI())
                .scheme(instance.getScheme())
                .host(instance.getHost())
                .port(instance.getPort())
                .build(true)
                .toUri();
    }

    /** After the filter that would set the address of the route. */
    @Override
    public int getOrder() {
        return RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 1;
    }
}
