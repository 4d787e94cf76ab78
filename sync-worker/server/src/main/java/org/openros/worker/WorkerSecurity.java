// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.time.Clock;
import java.util.List;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.ServiceTokens;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Who may call the worker's HTTP interface: other services with a service token; health for everybody; nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class WorkerSecurity {
    private static final String BEARER = "Bearer ";

    @Bean
    ServiceTokens serviceTokens(@Value("${ros.internal.secret}") String secret) {
        return new ServiceTokens(secret, Clock.systemUTC());
    }

    @Bean
    SecurityWebFilterChain routes(ServerHttpSecurity http, ServiceTokens tokens) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .exceptionHandling(errors ->
                        errors.authenticationEntryPoint(new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)))
                .addFilterAt(serviceTokenFilter(tokens), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(routes -> routes.pathMatchers("/livez", "/readyz")
                        .permitAll()
                        .pathMatchers("/internal/**", "/actuator/**")
                        .authenticated()
                        .anyExchange()
                        .denyAll())
                .build();
    }

    private static AuthenticationWebFilter serviceTokenFilter(ServiceTokens tokens) {
        ReactiveAuthenticationManager manager = shown -> verify(tokens, String.valueOf(shown.getCredentials()));
        AuthenticationWebFilter filter = new AuthenticationWebFilter(manager);
        filter.setServerAuthenticationConverter(WorkerSecurity::bearer);
        filter.setAuthenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(
                new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)));
        return filter;
    }

    private static Mono<Authentication> bearer(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return header == null || !header.startsWith(BEARER)
                ? Mono.empty()
                : Mono.just(new PreAuthenticatedAuthenticationToken("service", header.substring(BEARER.length())));
    }

    private static Mono<Authentication> verify(ServiceTokens tokens, String token) {
        try {
            return Mono.just(new PreAuthenticatedAuthenticationToken(tokens.verify(token), "", List.of()));
        } catch (InvalidTokenException e) {
            return Mono.error(new BadCredentialsException("not a valid service token"));
        }
    }
}
