// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a process is listed in Consul.
 *
 * <pre>{@code
 * ros:
 *   consul:
 *     discovery:
 *       register: true
 *       advertise: 10.0.0.5
 * }</pre>
 *
 * @param register whether it is listed at all; default true
 * @param advertise name or address under which others, and the Consul agent, reach its HTTP interface; default
 *     {@code server.address} if that is one address, else that of the agent's machine
 */
@ConfigurationProperties("ros.consul.discovery")
public record ConsulDiscoveryProperties(@DefaultValue("true") boolean register, @DefaultValue("") String advertise) {}
