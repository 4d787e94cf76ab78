// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockServiceHealth;
import org.openros.gateway.accesslog.AccessLog;
import org.openros.gateway.core.CoreServicesHealth;
import org.openros.gateway.core.CoreServicesPool;
import org.openros.gateway.core.CoreServicesSettings;
import org.openros.gateway.edge.ClientAddresses;
import org.openros.gateway.edge.EdgeSettings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;

/** The HTTP side: what passes to core services, and nothing else. */
@EnableWebFluxSecurity
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({HttpSettings.class, CorsSettings.class})
class HttpConfiguration {
    /**
     * What passes to core services: the interfaces of SDKs, administrators and Realm Object Server, and the pages of
     * mails.
     */
    private static final String[] FORWARDED = {
        "/api/client/**", "/admin/v1/**", "/auth/**", "/permissions/**", "/realms/**", "/confirm-email",
        "/reset-password"
    };

    /** Event loops of this application alone, so that its stop does not take those of others in the process along. */
    @Bean
    ReactorResourceFactory reactorResourceFactory() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResourcesSupplier(() -> LoopResources.create("gateway"));
        resources.setShutdownQuietPeriod(Duration.ZERO);
        resources.setShutdownTimeout(Duration.ofSeconds(1));
        return resources;
    }

    /** HTTP/2 only where TLS negotiates it. SDKs speak HTTP/1.1, and a sync connection starts from it. */
    @Bean
    NettyServerCustomizer noHttp2WithoutTls() {
        return server -> server.configuration().sslProvider() == null ? server.protocol(HttpProtocol.HTTP11) : server;
    }

    @Bean
    ClientAddresses clientAddresses(HttpSettings settings, EdgeSettings edge) {
        return new ClientAddresses(settings.trustedProxies(), edge.proxyProtocolFrom());
    }

    @Bean
    HttpClientCustomizer clientResources(
            ReactorResourceFactory resources, CoreServicesSettings core, HttpSettings settings) {
        int connectMillis = Math.toIntExact(core.connectTimeout().toMillis());
        return client -> HttpClient.create(resources.getConnectionProvider())
                .runOn(resources.getLoopResources())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
                .responseTimeout(settings.responseTimeout());
    }

    @Bean
    RouteLocator coreServicesRoute(RouteLocatorBuilder routes, CoreServicesPool pool) {
        return routes.routes()
                .route("core-services", route -> route.path(FORWARDED)
                        .filters(filters -> filters.filter(new ForwardToCore(pool)))
                        .uri("http://core-services"))
                .build();
    }

    @Bean
    ForwardedHeaders forwardedHeaders(ClientAddresses clients) {
        return new ForwardedHeaders(clients);
    }

    @Bean
    BodyLimit bodyLimit(HttpSettings settings) {
        return new BodyLimit(settings.maxBody().toBytes());
    }

    @Bean
    RequestTrail requestTrail(AccessLog log, ClientAddresses clients) {
        return new RequestTrail(log, clients);
    }

    @Bean
    EventStreams eventStreams() {
        return new EventStreams();
    }

    @Bean
    FailureHandler failureHandler() {
        return new FailureHandler();
    }

    @Bean
    Health health(CoreServicesHealth core, GroupView groups, ObjectProvider<LockServiceHealth> locks) {
        return new Health(core, groups, locks);
    }

    @Bean
    RouterFunction<ServerResponse> healthRoutes(Health health) {
        return RouterFunctions.route()
                .GET("/livez", request -> health.live())
                .GET("/readyz", request -> health.ready())
                .build();
    }

    /** Paths and headers that are made to deceive never get as far as the routes. */
    @Bean
    ServerExchangeRejectedHandler rejectedHandler() {
        return (exchange, rejected) -> Refusal.BAD_REQUEST.write(exchange.getResponse());
    }

    /** Names of realms and accounts are one part of a path, slashes and all; everywhere else nothing unusual passes. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall strict = new StrictServerWebExchangeFirewall();
        StrictServerWebExchangeFirewall names = new StrictServerWebExchangeFirewall();
        names.setAllowUrlEncodedSlash(true);
        names.setAllowUrlEncodedDoubleSlash(true);
        return exchange -> hasName(exchange.getRequest().getURI().getRawPath())
                ? names.getFirewalledExchange(exchange)
                : strict.getFirewalledExchange(exchange);
    }

    private static boolean hasName(String path) {
        return path.startsWith("/realms/") || path.startsWith("/admin/v1/realms/") || path.startsWith("/auth/users/");
    }

    /** Only what is named here is served; for everything else the answer is that it does not exist. */
    @Bean
    SecurityWebFilterChain publicRoutes(ServerHttpSecurity http, CorsSettings cors) {
        return http.authorizeExchange(
                        routes -> routes.pathMatchers(FORWARDED)
                                .permitAll()
                                .pathMatchers("/livez", "/readyz")
                                .permitAll()
                                // Asks for a service token itself, and does not exist without one.
                                .pathMatchers("/internal/v1/sessions", "/internal/v1/sessions/*")
                                .permitAll()
                                .anyExchange()
                                .denyAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(
                                (exchange, denied) -> Refusal.NOT_FOUND.write(exchange.getResponse()))
                        .accessDeniedHandler((exchange, denied) -> Refusal.NOT_FOUND.write(exchange.getResponse())))
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .cors(spec -> spec.configurationSource(new CorsRules(cors)))
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .build();
    }
}
