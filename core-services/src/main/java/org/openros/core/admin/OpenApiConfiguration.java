// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.core.converter.ModelConverter;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webflux.core.configuration.SpringDocWebFluxConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.Authentication;

/** Describes the interface in OpenAPI 3.1, made from its routes when somebody asks for the first time. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpringDocConfigProperties.class)
@ImportAutoConfiguration({SpringDocConfiguration.class, SpringDocWebFluxConfiguration.class})
class OpenApiConfiguration {
    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Authentication.class);
    }

    @Bean
    OpenApiCustomizer openApiDocument() {
        return new OpenApiDocument();
    }

    @Bean
    ModelConverter recordSchemas() {
        return new RecordSchemas();
    }
}
