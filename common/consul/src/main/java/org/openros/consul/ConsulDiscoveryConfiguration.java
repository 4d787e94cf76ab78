// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.InstanceDetails;
import org.openros.cluster.ServiceDirectory;
import org.openros.cluster.ServiceInstance;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.cloud.consul.ConsulProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;

/**
 * Lists an application with {@code ros.lock-service=consul} in Consul, as soon as its HTTP interface can be reached,
 * and takes it off the list before anything of it stops.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "ros.lock-service", havingValue = "consul")
@EnableConfigurationProperties({ConsulDiscoveryProperties.class, ConsulLockServiceProperties.class})
class ConsulDiscoveryConfiguration {
    @Bean(destroyMethod = "close")
    ConsulServiceDirectory consulServiceDirectory(
            ConsulProperties consul,
            ConsulLockServiceProperties settings,
            @Value("${spring.cloud.consul.token:}") String token) {
        return new ConsulServiceDirectory(ConsulLockServiceConfiguration.address(consul, token), settings.prefix());
    }

    @Bean
    Listing listing(
            ServiceDirectory directory,
            ConsulDiscoveryProperties settings,
            ObjectProvider<InstanceDetails> details,
            Environment environment) {
        return new Listing(directory, settings, details, environment);
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> listWhenReachable(Listing listing) {
        return event -> listing.begin(event.getWebServer().getPort());
    }

    @Bean
    ApplicationListener<ContextClosedEvent> unlistFirst(Listing listing) {
        return event -> listing.end();
    }

    /** The listing of this process. */
    static final class Listing {
        private final ServiceDirectory directory;
        private final ConsulDiscoveryProperties settings;
        private final ObjectProvider<InstanceDetails> details;
        private final Environment environment;
        private final AtomicReference<Registration> registration = new AtomicReference<>(() -> {});

        Listing(
                ServiceDirectory directory,
                ConsulDiscoveryProperties settings,
                ObjectProvider<InstanceDetails> details,
                Environment environment) {
            this.directory = directory;
            this.settings = settings;
            this.details = details;
            this.environment = environment;
        }

        void begin(int port) {
            if (settings.register()) {
                Map<String, String> values = details.getIfAvailable(() -> new InstanceDetails(Map.of())).values();
                registration.set(directory.register(new ServiceInstance(service(), host(), port, tls(), values)));
            }
        }

        private String service() {
            return environment.getRequiredProperty("spring.application.name");
        }

        private String host() {
            return settings.advertise().isEmpty()
                    ? concrete(environment.getProperty("server.address", ""))
                    : settings.advertise();
        }

        /** A server that listens on all addresses is reached under that of its machine, which the agent knows. */
        private static String concrete(String address) {
            try {
                return address.isEmpty() || InetAddress.getByName(address).isAnyLocalAddress() ? "" : address;
            } catch (UnknownHostException e) {
                return address;
            }
        }

        private boolean tls() {
            return environment.getProperty("server.ssl.enabled", Boolean.class, true)
                    && (environment.containsProperty("server.ssl.bundle")
                            || environment.containsProperty("server.ssl.key-store")
                            || environment.containsProperty("server.ssl.certificate"));
        }

        void end() {
            registration.getAndSet(() -> {}).close();
        }
    }
}
