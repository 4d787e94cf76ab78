// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.Arrays;
import org.openros.core.admintoken.AdminTokens;
import org.openros.core.http.RequestNames;
import org.openros.core.problem.Problem;
import org.openros.domain.token.AdminRole;
import org.openros.domain.token.AdminToken;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.security.BearerToken;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.AuthorizeExchangeSpec;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import static org.openros.domain.token.AdminRole.ADMIN;
import static org.openros.domain.token.AdminRole.AUDITOR;
import static org.openros.domain.token.AdminRole.OPERATOR;

/** Who may call which route of the interface; what is not named here is refused. */
final class AdminRoutes {
    /** What all paths begin with. */
    static final String V1 = "/admin/v1";

    private static final AdminRole[] READERS = {ADMIN, AUDITOR};
    private static final AdminRole[] OPERATORS = {ADMIN, OPERATOR};
    private static final AdminRole[] ALL = {ADMIN, OPERATOR, AUDITOR};

    /** Looking at a token may ask the store. */
    private static final Scheduler THREADS = Schedulers.fromExecutor(RequestNames.threads("admin-"));

    private AdminRoutes() {}

    static SecurityWebFilterChain chain(ServerHttpSecurity http, AdminTokens tokens) {
        AuthenticationWebFilter filter = new AuthenticationWebFilter(
                (ReactiveAuthenticationManager) presented -> check(tokens, presented));
        filter.setServerAuthenticationConverter(AdminRoutes::presented);
        filter.setAuthenticationFailureHandler((exchange, cause) -> Mono.error(cause));
        return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers(V1, V1 + "/**"))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .addFilterAt(filter, SecurityWebFiltersOrder.AUTHENTICATION)
                .exceptionHandling(handling -> handling
                        .authenticationEntryPoint((exchange, cause) ->
                                Mono.error(Problem.INVALID_CREDENTIALS.exception("an administrator's token is needed")))
                        .accessDeniedHandler((exchange, cause) -> Mono.error(Problem.ACCESS_DENIED.exception(
                                "the role of this token may not do that, or there is no such route"))))
                .authorizeExchange(AdminRoutes::authorize)
                .build();
    }

    private static void authorize(AuthorizeExchangeSpec routes) {
        allow(routes, HttpMethod.GET, ALL, "/openapi.json", "/system");
        allow(routes, HttpMethod.GET, READERS, "/config", "/keys", "/service-tokens");
        allow(routes, HttpMethod.POST, only(ADMIN), "/keys/rotate", "/service-tokens", "/tokens/inspect");
        allow(routes, HttpMethod.DELETE, only(ADMIN), "/keys/*", "/service-tokens/*");
        allow(routes, HttpMethod.GET, READERS, "/users", "/users/*", "/users/*/permissions");
        allow(routes, HttpMethod.POST, only(ADMIN), "/users", "/users/*/revoke-tokens");
        allow(routes, HttpMethod.PATCH, only(ADMIN), "/users/*");
        allow(routes, HttpMethod.DELETE, only(ADMIN), "/users/*");
        allow(routes, HttpMethod.GET, READERS,
                "/realms", "/realms/*", "/realms/*/permissions", "/realms/*/permissions/*", "/trash");
        allow(routes, HttpMethod.POST, only(ADMIN), "/realms", "/trash/*/restore", "/realms/*/move", "/restores");
        allow(routes, HttpMethod.PUT, only(ADMIN), "/realms/*", "/realms/*/permissions/*");
        allow(routes, HttpMethod.DELETE, only(ADMIN), "/realms/*", "/realms/*/permissions/*", "/trash/*");
        allow(routes, HttpMethod.GET, ALL, "/groups", "/groups/*", "/jobs", "/jobs/*");
        allow(routes, HttpMethod.POST, OPERATORS,
                "/groups/*/step-down", "/groups/*/pause", "/groups/*/resume", "/groups/*/replace-backup",
                "/groups/*/reseed-record", "/groups/*/verify", "/jobs/*/cancel");
        allow(routes, HttpMethod.POST, only(ADMIN), "/groups/*/force-promote");
        allow(routes, HttpMethod.GET, ALL, "/backups", "/backups/*");
        allow(routes, HttpMethod.POST, OPERATORS, "/backups", "/backups/*/verify");
        allow(routes, HttpMethod.DELETE, OPERATORS, "/backups/*");
        allow(routes, HttpMethod.GET, ALL, "/sessions");
        allow(routes, HttpMethod.DELETE, OPERATORS, "/sessions/*");
        allow(routes, HttpMethod.GET, only(ADMIN),
                "/realms/*/schema", "/realms/*/objects/*", "/realms/*/objects/*/*", "/realms/*/changes");
        allow(routes, HttpMethod.POST, only(ADMIN), "/realms/*/objects/*", "/realms/*/transactions");
        allow(routes, HttpMethod.PUT, only(ADMIN), "/realms/*/objects/*/*");
        allow(routes, HttpMethod.PATCH, only(ADMIN), "/realms/*/objects/*/*");
        allow(routes, HttpMethod.DELETE, only(ADMIN), "/realms/*/objects/*/*");
        routes.anyExchange().denyAll();
    }

    private static AdminRole[] only(AdminRole role) {
        return new AdminRole[] {role};
    }

    private static void allow(AuthorizeExchangeSpec routes, HttpMethod method, AdminRole[] roles, String... paths) {
        routes.pathMatchers(method, Arrays.stream(paths).map(path -> V1 + path).toArray(String[]::new))
                .hasAnyAuthority(Arrays.stream(roles).map(AdminRole::text).toArray(String[]::new));
    }

    private static Mono<Authentication> presented(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst("Authorization");
        return Mono.justOrEmpty(BearerToken.of(header))
                .map(token -> UsernamePasswordAuthenticationToken.unauthenticated("administrator", token));
    }

    private static Mono<Authentication> check(AdminTokens tokens, Authentication presented) {
        return Mono.fromCallable(() -> authenticated(tokens, String.valueOf(presented.getCredentials())))
                .subscribeOn(THREADS);
    }

    private static Authentication authenticated(AdminTokens tokens, String text) {
        try {
            AdminToken token = tokens.verify(text);
            return UsernamePasswordAuthenticationToken.authenticated(
                    token.name(), null, AuthorityUtils.createAuthorityList(token.role().text()));
        } catch (KeysUnavailableException e) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the token cannot be verified now");
        } catch (InvalidTokenException e) {
            throw Problem.INVALID_CREDENTIALS.exception("not a good token of an administrator: " + e.getMessage());
        }
    }
}
