// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How connections from the public begin.
 *
 * <pre>{@code
 * ros:
 *   gateway:
 *     request-timeout: 10s
 *     body-timeout: 60s
 *     proxy-protocol-from: [10.0.0.0/8]
 *     connections-per-address: 10000
 *     connections-per-user: 10000
 * }</pre>
 *
 * @param requestTimeout how long a connection may take for its TLS handshake and the head of its first request
 *     together, and for the head of each further one from its first byte on; default 10 s. Then it is closed
 * @param bodyTimeout how long the body of a request may take; default 60 s
 * @param proxyProtocolFrom addresses of load balancers, single or in CIDR form, that may tell the client's address by
 *     the PROXY protocol, version 1 or 2; default none
 * @param connectionsPerAddress the most connections of one client address, or of one IPv6 network of 64 bits; default
 *     10,000. Requests on further ones get 503; from twice as many on, further ones are closed at once
 * @param connectionsPerUser the most sync connections of one user; default 10,000. Further ones get 503
 */
@ConfigurationProperties("ros.gateway")
public record EdgeSettings(
        @DefaultValue("10s") Duration requestTimeout,
        @DefaultValue("60s") Duration bodyTimeout,
        @DefaultValue List<String> proxyProtocolFrom,
        @DefaultValue("10000") int connectionsPerAddress,
        @DefaultValue("10000") int connectionsPerUser) {
    private static final int MANY = 10_000_000;

    /** Checks the bounds. */
    public EdgeSettings {
        Bounds.check("ros.gateway.request-timeout", requestTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        Bounds.check("ros.gateway.body-timeout", bodyTimeout, Duration.ofMillis(100), Duration.ofHours(1));
        Bounds.check("ros.gateway.connections-per-address", connectionsPerAddress, 1, MANY);
        Bounds.check("ros.gateway.connections-per-user", connectionsPerUser, 1, MANY);
    }
}
