// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a request comes from. {@code X-Forwarded-For} is believed if the peer is on this machine or a private network,
 * where gateways are; they in turn believe it from known balancers only.
 */
public final class ClientAddress {
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[0-9A-Za-z]{1,16})?");
    private static final String UNKNOWN = "unknown";

    private ClientAddress() {}

    /** The client's address in numbers, or {@code unknown}. */
    public static String of(ServerHttpRequest request) {
        String forwarded = isNear(request.getRemoteAddress()) ? first(request) : null;
        return forwarded == null ? peer(request.getRemoteAddress()) : forwarded;
    }

    private static @Nullable String first(ServerHttpRequest request) {
        String value = request.getHeaders().getFirst("X-Forwarded-For");
        String first = value == null ? "" : value.split(",", 2)[0].strip();
        return ADDRESS.matcher(first).matches() ? first : null;
    }

    private static String peer(@Nullable InetSocketAddress peer) {
        InetAddress address = peer == null ? null : peer.getAddress();
        return address == null ? UNKNOWN : address.getHostAddress();
    }

    /** Whether the peer is on this machine or a private network. */
    public static boolean isNear(@Nullable InetSocketAddress peer) {
        InetAddress address = peer == null ? null : peer.getAddress();
        return address != null
                && (address.isLoopbackAddress()
                        || address.isSiteLocalAddress()
                        || address.isLinkLocalAddress()
                        || isUniqueLocal(address.getAddress()));
    }

    /** IPv6 private networks (RFC 4193), which the library does not name. */
    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xFE) == 0xFC;
    }
}
