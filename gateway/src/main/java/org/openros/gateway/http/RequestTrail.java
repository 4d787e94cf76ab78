// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.gateway.accesslog.AccessEntry;
import org.openros.gateway.accesslog.AccessLog;
import org.openros.gateway.edge.ClientAddresses;
import org.openros.gateway.edge.RequestIds;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/**
 * Gives each HTTP call a name, for core services and for the client, and writes it to the access log when it is over.
 */
final class RequestTrail implements WebHttpHandlerBuilderCustomizer {
    private final AccessLog log;
    private final ClientAddresses clients;

    RequestTrail(AccessLog log, ClientAddresses clients) {
        this.log = log;
        this.clients = clients;
    }

    @Override
    public void customize(WebHttpHandlerBuilder builder) {
        builder.httpHandlerDecorator(inner -> (request, response) -> handle(inner, request, response));
    }

    private Mono<Void> handle(HttpHandler inner, ServerHttpRequest request, ServerHttpResponse response) {
        String id = RequestIds.of(request.getHeaders().getFirst(RequestIds.HEADER));
        response.getHeaders().set(RequestIds.HEADER, id);
        ServerHttpRequest named = request.mutate()
                .headers(headers -> headers.set(RequestIds.HEADER, id))
                .build();
        Mono<Void> handled = inner.handle(named, response);
        if (!log.isOn()) {
            return handled;
        }
        long begin = System.nanoTime();
        return handled.doFinally(signal -> log.write(AccessEntry.http(
                id,
                client(request),
                request.getMethod().name(),
                LoggedPath.of(request.getURI().getRawPath()),
                status(response),
                Duration.ofNanos(System.nanoTime() - begin))));
    }

    private @Nullable String client(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        InetAddress client = clients.of(
                remote == null ? null : remote.getAddress(), request.getHeaders().getFirst("X-Forwarded-For"));
        return client == null ? null : client.getHostAddress();
    }

    private static @Nullable Integer status(ServerHttpResponse response) {
        HttpStatusCode status = response.getStatusCode();
        return response.isCommitted() && status != null ? (Integer) status.value() : null;
    }
}
