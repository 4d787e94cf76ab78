// SPDX-License-Identifier: Apache-2.0
package org.openros.core.livesession;

import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.openros.cluster.ServiceDirectory;
import org.openros.domain.token.ServiceTokens;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds the look at open sessions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GatewayProperties.class)
public class LiveSessionConfiguration {
    /** As what gateways are listed. */
    private static final String SERVICE = "gateway";

    @Bean
    LiveSessions liveSessions(
            GatewayProperties settings,
            ObjectProvider<ServiceDirectory> directory,
            SslBundles bundles,
            ServiceTokens tokens,
            JsonMapper json) {
        AtomicReference<List<URI>> known = new AtomicReference<>(settings.urls());
        ServiceDirectory found = directory.getIfAvailable();
        if (settings.urls().isEmpty() && found != null) {
            found.watch(SERVICE, known::set);
        }
        SSLContext context = context(settings.sslBundle(), bundles);
        return new LiveSessions(known::get, new GatewayCalls(context, settings.tls(context), tokens, json));
    }

    private static SSLContext context(String bundle, SslBundles bundles) {
        try {
            return bundle.isEmpty() ? SSLContext.getDefault() : bundles.getBundle(bundle).createSslContext();
        } catch (NoSuchSslBundleException e) {
            throw new IllegalArgumentException("ros.gateways.ssl-bundle: there is no " + bundle
                    + " in spring.ssl.bundle", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
