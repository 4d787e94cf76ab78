// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.URI;
import org.openros.cluster.LockService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.consul.ConsulProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The lock service of an application with {@code ros.lock-service=consul}. Applications import it by name; without that
 * setting nothing behind it is loaded.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "ros.lock-service", havingValue = "consul")
@EnableConfigurationProperties({ConsulLockServiceProperties.class, ConsulProperties.class})
public class ConsulLockServiceConfiguration {
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(LockService.class)
    ConsulLockService consulLockService(
            ConsulProperties consul,
            ConsulLockServiceProperties settings,
            @Value("${spring.cloud.consul.token:}") String token) {
        return new ConsulLockService(address(consul, token), settings.prefix(), settings.sessionChecks());
    }

    static ConsulAddress address(ConsulProperties consul, String token) {
        String scheme = consul.getScheme() != null ? consul.getScheme() : consul.getTls() != null ? "https" : "http";
        String path = consul.getPath() == null ? "" : consul.getPath();
        URI base = URI.create(scheme + "://" + consul.getHost() + ":" + consul.getPort() + path);
        return new ConsulAddress(base, token, consul.getTls() == null ? null : ConsulTls.context(consul.getTls()));
    }
}
