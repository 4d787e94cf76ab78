// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.time.Clock;
import org.openros.domain.token.ServiceTokens;
import org.openros.security.ServiceSecurity;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;

/**
 * Who may call the worker's HTTP interface: other services with a service token; health for everybody; nothing else.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class WorkerSecurity {
    @Bean
    ServiceTokens serviceTokens(@Value("${ros.internal.secret}") String secret) {
        return new ServiceTokens(secret, Clock.systemUTC());
    }

    @Bean
    SecurityWebFilterChain routes(ServerHttpSecurity http, ServiceTokens tokens) {
        return ServiceSecurity.chain(
                http,
                tokens,
                routes -> routes.pathMatchers("/livez", "/readyz").permitAll(),
                new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED));
    }
}
