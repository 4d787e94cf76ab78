// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import org.openros.core.CoreServicesProperties;
import org.openros.core.service.ChosenServices;
import org.openros.core.service.CoreService;
import org.openros.domain.token.ServiceTokens;
import org.openros.security.ServiceSecurity;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Who may call which route, on which threads controllers run, and how errors look. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class HttpConfiguration implements WebFluxConfigurer {
    private static final String API = "/api/client/v2.0";

    /** Controllers block on the store and on password hashing. */
    @Override
    public void configureBlockingExecution(BlockingExecutionConfigurer configurer) {
        configurer.setExecutor(RequestNames.threads("core-services-"));
    }

    @Bean
    RequestNames requestNames() {
        return new RequestNames();
    }

    @Bean
    ErrorReplies errorReplies(JsonMapper json) {
        return new ErrorReplies(json);
    }

    /** Requests that the firewall refuses get the same form of reply as all others. */
    @Bean
    ServerExchangeRejectedHandler rejectedRequests() {
        return (exchange, problem) -> Mono.error(ApiError.BAD_REQUEST.exception());
    }

    @Bean
    AppAdmission appAdmission(CoreServicesProperties properties) {
        return new AppAdmission(properties.apps());
    }

    @Bean
    SecurityWebFilterChain routes(ServerHttpSecurity http, ServiceTokens tokens, ChosenServices chosen) {
        return ServiceSecurity.chain(http, tokens, routes -> open(routes, chosen), HttpConfiguration::refuse);
    }

    /** User tokens of the public routes are checked by their controllers, whose replies differ by situation. */
    private static void open(ServerHttpSecurity.AuthorizeExchangeSpec routes, ChosenServices chosen) {
        if (!chosen.has(CoreService.ADMIN)) {
            // It is passed on to where it runs, and guarded there.
            routes.pathMatchers("/admin/v1/**").permitAll();
        }
        routes.pathMatchers(HttpMethod.GET, "/livez", "/readyz", "/.well-known/jwks.json")
                .permitAll()
                .pathMatchers("/confirm-email", "/reset-password")
                .permitAll()
                .pathMatchers(HttpMethod.GET, API + "/app/*/location", API + "/auth/profile")
                .permitAll()
                .pathMatchers(HttpMethod.POST, API + "/app/*/auth/providers/**", API + "/auth/session")
                .permitAll()
                .pathMatchers(HttpMethod.DELETE, API + "/auth/session", API + "/auth/delete")
                .permitAll()
                .pathMatchers("/auth/**", "/permissions/**", "/realms/**")
                .permitAll()
                .pathMatchers(API + "/auth/api_keys/**", API + "/app/*/functions/call", API + "/app/*/push/**")
                .permitAll();
    }

    /** Internal routes ask for a token; of all others it is not told whether they exist. */
    private static Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException cause) {
        return ServiceSecurity.internalRoutes()
                .matches(exchange)
                .flatMap(match -> Mono.error((match.isMatch()
                                ? ApiError.INVALID_SESSION.exception("a service token is needed")
                                : ApiError.NOT_FOUND.exception())));
    }
}
