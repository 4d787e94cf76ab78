// SPDX-License-Identifier: Apache-2.0
package org.openros.security;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.domain.token.ServiceTokens;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.WebFilterChainProxy;
import org.springframework.security.web.server.authentication.HttpStatusServerEntryPoint;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceSecurityTest {
    private static final String SECRET = "a secret of the tests, 32 bytes or more";
    private static final ServiceTokens TOKENS = new ServiceTokens(SECRET, Clock.systemUTC());

    private static DisposableServer server;
    private static HttpClient http;

    /** A server that answers 200 to whatever the rules let through. */
    @BeforeAll
    static void start() {
        WebFilterChainProxy rules = new WebFilterChainProxy(ServiceSecurity.chain(
                ServerHttpSecurity.http(),
                TOKENS,
                routes -> routes.pathMatchers("/open").permitAll(),
                new HttpStatusServerEntryPoint(HttpStatus.UNAUTHORIZED)));
        HttpHandler handler =
                WebHttpHandlerBuilder.webHandler(exchange -> Mono.empty()).filter(rules).build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.disposeNow();
    }

    private static int status(String path, @Nullable String token) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/v1/objects", "/internal", "/group/status", "/actuator", "/actuator/metrics"})
    void internalRoutesNeedALiveTokenOfThisInstallation(String path) throws Exception {
        Clock yesterday = Clock.fixed(Instant.now().minus(Duration.ofDays(1)), ZoneOffset.UTC);
        assertThat(status(path, null)).isEqualTo(401);
        assertThat(status(path, "x")).isEqualTo(401);
        assertThat(status(path, new ServiceTokens(SECRET, yesterday).issue("gateway"))).isEqualTo(401);
        assertThat(status(path, new ServiceTokens("x".repeat(32), Clock.systemUTC()).issue("gateway"))).isEqualTo(401);
        assertThat(status(path, TOKENS.issue("gateway"))).isEqualTo(200);
    }

    @Test
    void openRoutesNeedNoneAndDoNotLookAtOne() throws Exception {
        assertThat(status("/open", null)).isEqualTo(200);
        assertThat(status("/open", "the token of a user")).isEqualTo(200);
    }

    @Test
    void routesThatNobodyNamedAreRefusedToServicesToo() throws Exception {
        assertThat(status("/other", null)).isEqualTo(401);
        assertThat(status("/other", TOKENS.issue("gateway"))).isEqualTo(401);
    }
}
