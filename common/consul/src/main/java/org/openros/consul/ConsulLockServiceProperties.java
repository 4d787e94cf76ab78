// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the installation uses Consul. Where Consul is, are settings of Spring Cloud.
 *
 * <pre>{@code
 * ros:
 *   lock-service: consul
 *   consul:
 *     prefix: openros/
 *     session-checks: serfHealth
 * spring:
 *   cloud:
 *     consul:
 *       host: 127.0.0.1
 *       port: 8500
 *       scheme: http
 *       token: (a secret, better from the environment: SPRING_CLOUD_CONSUL_TOKEN)
 * }</pre>
 *
 * @param prefix what the keys of this installation begin with, ending with a slash; default {@code openros/}. Two
 *     installations that share a Consul need different ones
 * @param sessionChecks health checks of the machine's Consul node whose failure ends a session; default
 *     {@code serfHealth}: Consul's own, which fails when the agent is gone. With none, sessions end by time alone
 */
@ConfigurationProperties("ros.consul")
public record ConsulLockServiceProperties(
        @DefaultValue("openros/") String prefix, @DefaultValue("serfHealth") List<String> sessionChecks) {
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9._-]+/)+");

    /**
     * Checks the prefix.
     *
     * @throws IllegalArgumentException if it is none
     */
    public ConsulLockServiceProperties {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "ros.consul.prefix must be names of A-Z a-z 0-9 . _ - that each end with a"
                    + " slash, like openros/, and is: " + prefix);
        }
        sessionChecks = sessionChecks.stream().filter(check -> !check.isBlank()).toList();
    }
}
