// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP side.
 *
 * <pre>{@code
 * ros:
 *   http:
 *     max-body: 1MB
 *     response-timeout: 20s
 *     trusted-proxies: [10.0.0.0/8]
 * }</pre>
 *
 * @param maxBody the largest request body; default 1 MB
 * @param responseTimeout how long core services may take for an answer; default 20 s, SDKs wait 60 s
 * @param trustedProxies addresses of the load balancers in front, single or in CIDR form. Only from these
 *     {@code X-Forwarded-*} is believed; default this machine
 */
@ConfigurationProperties("ros.http")
public record HttpSettings(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("20s") Duration responseTimeout,
        @DefaultValue({"127.0.0.0/8", "::1"}) List<String> trustedProxies) {}
