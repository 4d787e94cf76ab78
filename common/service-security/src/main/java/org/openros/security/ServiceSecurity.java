// SPDX-License-Identifier: Apache-2.0
package org.openros.security;

import org.openros.domain.token.ServiceTokens;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.authentication.ServerAuthenticationEntryPointFailureHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * The rules of an HTTP interface that has no browsers: open routes are named one by one, internal ones need a service
 * token, and all others are refused. Nothing is remembered between requests.
 */
public final class ServiceSecurity {
    private static final String[] INTERNAL = {"/internal/**", "/group/**", "/actuator/**"};

    private ServiceSecurity() {}

    /** The routes that only applications of the installation may call. */
    public static ServerWebExchangeMatcher internalRoutes() {
        return ServerWebExchangeMatchers.pathMatchers(INTERNAL);
    }

    /**
     * Builds the rules.
     *
     * @param open names the routes that need no service token; must not end with {@code anyExchange()}
     * @param refusal answers calls of internal routes without a good token, and of routes that are not open
     */
    public static SecurityWebFilterChain chain(
            ServerHttpSecurity http,
            ServiceTokens tokens,
            Customizer<AuthorizeExchangeSpec> open,
            ServerAuthenticationEntryPoint refusal) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(serviceTokens(tokens, refusal), SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
                .authorizeExchange(open)
                .authorizeExchange(routes -> routes.pathMatchers(INTERNAL)
                        .hasAuthority(ServiceAuthentication.SERVICE)
                        .anyExchange()
                        .denyAll())
                .build();
    }

    private static AuthenticationWebFilter serviceTokens(ServiceTokens tokens, ServerAuthenticationEntryPoint refusal) {
        ServiceAuthentication services = new ServiceAuthentication(tokens);
        AuthenticationWebFilter filter = new AuthenticationWebFilter(services::authenticate);
        filter.setServerAuthenticationConverter(services);
        filter.setRequiresAuthenticationMatcher(internalRoutes());
        filter.setAuthenticationFailureHandler(new ServerAuthenticationEntryPointFailureHandler(refusal));
        return filter;
    }
}
