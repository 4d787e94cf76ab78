// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import io.github.bucket4j.TimeMeter;
import org.openros.core.audit.AuditLog;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the limits. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitProperties.class)
public class LimitConfiguration {
    @Bean
    Limits limits(LimitProperties settings) {
        return Limits.of(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    @Bean
    AddressLimit addressLimit(Limits limits, AuditLog audit, LimitProperties settings) {
        return new AddressLimit(limits.addresses(), audit, settings.exempt());
    }
}
