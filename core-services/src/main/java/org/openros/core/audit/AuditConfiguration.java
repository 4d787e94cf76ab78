// SPDX-License-Identifier: Apache-2.0
package org.openros.core.audit;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds the audit log. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
public class AuditConfiguration {
    @Bean
    AuditLog auditLog(JsonMapper json, Clock clock) {
        return new AuditLog(json, clock);
    }

    @Bean
    @Nullable AuditFile auditFile(AuditProperties settings) {
        return settings.file() == null ? null : new AuditFile(settings.file(), settings);
    }
}
