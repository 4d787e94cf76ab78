// SPDX-License-Identifier: Apache-2.0
package org.openros.core.livesession;

import java.net.URI;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateways are, to list and end sessions.
 *
 * <pre>
 * ros:
 *   gateways:
 *     urls: [http://10.0.0.7:9080, http://10.0.0.8:9080]
 *     tls-name: sync.example.com
 *     ssl-bundle: gateways
 * </pre>
 *
 * @param urls base addresses; empty, the default: those that are listed in Consul, if there is one
 * @param tlsName name that the certificates of gateways are for which are called by an IP address, as those are that
 *     Consul lists; empty, the default: they have to be for the address
 * @param sslBundle name of the SSL bundle with the authorities that are trusted; empty, the default: those that Java
 *     trusts
 */
@ConfigurationProperties("ros.gateways")
public record GatewayProperties(
        @DefaultValue List<URI> urls, @DefaultValue("") String tlsName, @DefaultValue("") String sslBundle) {
    /**
     * Checks addresses and name.
     *
     * @throws IllegalArgumentException if an address is no base address, or the name is none
     */
    public GatewayProperties {
        urls = List.copyOf(urls);
        for (URI url : urls) {
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (!web || url.getHost() == null || !(url.getPath() == null || url.getPath().isEmpty())) {
                throw new IllegalArgumentException("ros.gateways.urls: " + url + " is not like http://host:port");
            }
        }
        serverNames(tlsName);
    }

    private static List<SNIServerName> serverNames(String tlsName) {
        try {
            return tlsName.isEmpty() ? List.of() : List.of(new SNIHostName(tlsName));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ros.gateways.tls-name: " + tlsName + " is not a host name", e);
        }
    }

    /**
     * How connections to gateways with TLS are made: Java asks for this name, and looks for it in the certificate, if
     * the address has none.
     */
    SSLParameters tls(SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setServerNames(serverNames(tlsName));
        return parameters;
    }
}
