// SPDX-License-Identifier: Apache-2.0
package org.openros.core.livesession;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateways are, to list and end sessions.
 *
 * <pre>
 * ros:
 *   gateways:
 *     urls: [http://10.0.0.7:9080, http://10.0.0.8:9080]
 * </pre>
 *
 * @param urls base addresses; empty, the default: those that are listed in Consul, if there is one
 */
@ConfigurationProperties("ros.gateways")
public record GatewayProperties(@DefaultValue List<URI> urls) {
    /**
     * Checks the addresses.
     *
     * @throws IllegalArgumentException if one is no base address
     */
    public GatewayProperties {
        urls = List.copyOf(urls);
        for (URI url : urls) {
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getHost() == null || !(url.getPath() == null || url.getPath().isEmpty())) {
                throw new IllegalArgumentException("ros.gateways.urls: " + url + " is not like http://host:port");
            }
        }
    }
}
