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
import org.springframework.core.annotation.Order;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Makes the description of the interface in OpenAPI 3.1 from its routes, at {@value #PATH}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SpringDocConfigProperties.class)
@ImportAutoConfiguration({SpringDocConfiguration.class, SpringDocWebFluxConfiguration.class})
public class OpenApiConfiguration {
    /** Where the library answers. */
    public static final String PATH = "/v3/api-docs";

    /** What the library has to know. */
    public static final String[] SETTINGS = {
        "--springdoc.api-docs.path=" + PATH,
        "--springdoc.api-docs.version=openapi_3_1",
        "--springdoc.paths-to-match=/admin/v1/**",
        "--springdoc.packages-to-scan=org.openros.core",
        "--springdoc.default-produces-media-type=application/json",
        "--springdoc.override-with-generic-response=false"
    };

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Authentication.class);
    }

    @Bean
    @Order(-1)
    SecurityWebFilterChain openToAll(ServerHttpSecurity http) {
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PATH))
                .authorizeExchange(routes -> routes.anyExchange().permitAll())
                .build();
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
