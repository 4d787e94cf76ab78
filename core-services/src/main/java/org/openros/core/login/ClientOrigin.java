// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.http.ApiError;
import org.openros.core.http.ClientAddress;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The server's name as the client wrote it: the only one that outlives any node (client HTTP API, section 3.2). Taken
 * from {@code X-Forwarded-*} if the peer is on this machine or a private network, where gateways are, else from
 * {@code Host}.
 *
 * @param authority host and port
 */
record ClientOrigin(boolean secure, String authority) {
    private static final Pattern AUTHORITY =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    static ClientOrigin of(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        boolean forwarded = ClientAddress.isNear(request.getRemoteAddress())
                && first(headers, "X-Forwarded-Host") != null;
        String host = forwarded ? first(headers, "X-Forwarded-Host") : headers.getFirst(HttpHeaders.HOST);
        if (host == null || !AUTHORITY.matcher(host).matches()) {
            throw ApiError.BAD_REQUEST.exception("the name of the server is missing or not well-formed");
        }
        boolean secure = "https".equalsIgnoreCase(forwarded ? first(headers, "X-Forwarded-Proto") : scheme(request));
        return new ClientOrigin(secure, forwarded ? withPort(host, secure, first(headers, "X-Forwarded-Port")) : host);
    }

    /** The prefix of HTTP requests. */
    String http() {
        return (secure ? "https://" : "http://") + authority;
    }

    /** The prefix of WebSocket upgrades. */
    String webSocket() {
        return (secure ? "wss://" : "ws://") + authority;
    }

    private static @Nullable String scheme(ServerHttpRequest request) {
        String scheme = request.getURI().getScheme();
        return scheme == null ? null : scheme.toLowerCase(Locale.ROOT);
    }

    private static String withPort(String host, boolean secure, @Nullable String port) {
        boolean hasPort = host.lastIndexOf(':') > host.lastIndexOf(']');
        boolean usual = (secure ? "443" : "80").equals(port);
        return hasPort || usual || port == null || !PORT.matcher(port).matches() ? host : host + ":" + port;
    }

    /** The value that the proxy nearest to the client set. */
    private static @Nullable String first(HttpHeaders headers, String name) {
        String value = headers.getFirst(name);
        return value == null ? null : value.split(",", 2)[0].strip();
    }
}
