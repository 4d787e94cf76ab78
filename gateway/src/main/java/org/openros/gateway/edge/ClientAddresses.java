// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.util.matcher.InetAddressMatcher;
import org.springframework.security.util.matcher.InetAddressMatchers;

/**
 * Finds out whose connection it is. What a peer says about others counts only if the peer is a load balancer that was
 * named in the settings. Thread-safe.
 */
public final class ClientAddresses {
    /** Where the web server's reader of the PROXY protocol leaves what it has read. */
    private static final AttributeKey<InetSocketAddress> TOLD = AttributeKey.valueOf("remoteAddressFromProxyProtocol");

    private final List<InetAddressMatcher> forwarders;
    private final List<InetAddressMatcher> proxyProtocol;

    /**
     * With the balancers that are believed.
     *
     * @param forwarders whose forwarded headers count, single or in CIDR form
     * @param proxyProtocol whose PROXY protocol counts, likewise
     */
    public ClientAddresses(List<String> forwarders, List<String> proxyProtocol) {
        this.forwarders = matchers(forwarders);
        this.proxyProtocol = matchers(proxyProtocol);
    }

    private static List<InetAddressMatcher> matchers(List<String> addresses) {
        return addresses.stream()
                .map(InetAddressMatchers::fromIpAddress)
                .map(InetAddressMatcher.class::cast)
                .toList();
    }

    /** Whether any balancer may speak the PROXY protocol. */
    boolean isProxyProtocolUsed() {
        return !proxyProtocol.isEmpty();
    }

    /** Whether the socket's peer may speak the PROXY protocol. */
    boolean maySpeakProxyProtocol(Channel channel) {
        return matches(proxyProtocol, address(channel.remoteAddress()));
    }

    /**
     * The client as far as the connection itself tells, by the PROXY protocol or else by its socket; null if unknown.
     */
    public @Nullable InetAddress of(Channel channel) {
        InetSocketAddress told = channel.attr(TOLD).get();
        return address(told == null ? channel.remoteAddress() : told);
    }

    /** Whether the forwarded headers of this peer are believed. */
    public boolean isForwarder(@Nullable InetAddress peer) {
        return matches(forwarders, peer);
    }

    /**
     * The client of a request: behind balancers the last address that none of them has.
     *
     * @param peer the one that the connection comes from
     * @param forwardedFor the value of {@code X-Forwarded-For}, or null
     */
    public @Nullable InetAddress of(@Nullable InetAddress peer, @Nullable String forwardedFor) {
        if (forwardedFor == null || !isForwarder(peer)) {
            return peer;
        }
        InetAddress client = peer;
        for (String hop : List.of(forwardedFor.split(",", -1)).reversed()) {
            InetAddress address = NetUtil.createInetAddressFromIpAddressString(hop.strip());
            if (address == null) {
                return client;
            }
            client = address;
            if (!isForwarder(address)) {
                return client;
            }
        }
        return client;
    }

    private static boolean matches(List<InetAddressMatcher> matchers, @Nullable InetAddress address) {
        return address != null && matchers.stream().anyMatch(each -> each.matches(address));
    }

    private static @Nullable InetAddress address(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getAddress() : null;
    }
}
