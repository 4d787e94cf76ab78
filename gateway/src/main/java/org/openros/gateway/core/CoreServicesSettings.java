// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the core services are.
 *
 * <pre>{@code
 * ros:
 *   core-services:
 *     urls: [http://10.0.0.5:9081, http://10.0.0.6:9081]
 *     connect-timeout: 1s
 *     response-timeout: 9s
 *     circuit-open: 1s
 * }</pre>
 *
 * @param urls base addresses without path; default none: they are found in Consul. Calls go to them in turn, and around
 *     those that refuse connections
 * @param connectTimeout how long a connection attempt may take; default 1 s
 * @param responseTimeout how long an answer to the gateway's own questions may take; default 9 s, longer than core
 *     services wait for a master
 * @param circuitOpen how long an instance is left alone when half of its calls have timed out; default 1 s
 */
@ConfigurationProperties("ros.core-services")
public record CoreServicesSettings(
        @DefaultValue List<URI> urls,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("9s") Duration responseTimeout,
        @DefaultValue("1s") Duration circuitOpen) {
    /** Checks the bounds. */
    public CoreServicesSettings {
        if (circuitOpen.compareTo(Duration.ofMillis(100)) < 0 || circuitOpen.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "ros.core-services.circuit-open has to be between PT0.1S and PT1M, not " + circuitOpen);
        }
    }
}
