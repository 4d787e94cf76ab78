// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.gateway.edge.ClientAddresses;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells core services under which name the client reached the server, so that {@code /location} can repeat it. What the
 * client itself claims is dropped, unless it is a trusted load balancer.
 */
final class ForwardedHeaders implements HttpHeadersFilter, Ordered {
    private static final String FOR = "X-Forwarded-For";
    private static final String HOST = "X-Forwarded-Host";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String PORT = "X-Forwarded-Port";
    private static final List<String> CLAIMS = List.of(HOST, PROTO, PORT);

    private final ClientAddresses clients;

    ForwardedHeaders(ClientAddresses clients) {
        this.clients = clients;
    }

    @Override
    public HttpHeaders filter(HttpHeaders headers, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        HttpHeaders result = new HttpHeaders();
        result.addAll(headers);
        InetAddress peer = peer(request);
        result.set(FOR, text(clients.of(peer, request.getHeaders().getFirst(FOR))));
        result.set(HOST, host(request));
        result.set(PROTO, String.valueOf(request.getURI().getScheme()));
        result.set(PORT, Integer.toString(port(request.getURI())));
        if (clients.isForwarder(peer)) {
            CLAIMS.forEach(name -> believe(request.getHeaders(), name, result));
        }
        return result;
    }

    private static void believe(HttpHeaders claims, String name, HttpHeaders result) {
        String claim = claims.getFirst(name);
        if (claim != null) {
            result.set(name, claim);
        }
    }

    private static @Nullable InetAddress peer(ServerHttpRequest request) {
        InetSocketAddress remote = request.getRemoteAddress();
        return remote == null ? null : remote.getAddress();
    }

    private static String text(@Nullable InetAddress address) {
        return address == null ? "unknown" : address.getHostAddress();
    }

    private static String host(ServerHttpRequest request) {
        String host = request.getHeaders().getFirst(HttpHeaders.HOST);
        return host == null ? request.getURI().getAuthority() : host;
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return "https".equals(uri.getScheme()) ? 443 : 80;
    }

    /** After the filters that drop the client's own claims. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
