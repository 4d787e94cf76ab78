// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.accesslog;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The access log of this process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessLogSettings.class)
class AccessLogConfiguration {
    @Bean
    AccessLog accessLog(AccessLogSettings settings) {
        return new AccessLog(settings);
    }
}
