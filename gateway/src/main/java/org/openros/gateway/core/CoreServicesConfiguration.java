// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.openros.cluster.ServiceDirectory;
import org.openros.domain.token.ServiceTokens;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;

/** The connection to the core services. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoreServicesSettings.class)
class CoreServicesConfiguration {
    private static final Duration TOKEN_REUSE = Duration.ofSeconds(20);

    /** Where core services are listed, and as what. */
    private static final String SERVICE = "core-services";

    @Bean
    InstanceCircuits instanceCircuits(CoreServicesSettings settings, MeterRegistry registry) {
        InstanceCircuits circuits = new InstanceCircuits(settings.circuitOpen());
        Gauge.builder("ros.core-services.circuits.open", circuits, InstanceCircuits::open)
                .description("instances that are left out because their calls time out")
                .register(registry);
        return circuits;
    }

    @Bean
    CoreServicesPool coreServicesPool(
            CoreServicesSettings settings, ObjectProvider<ServiceDirectory> directory, InstanceCircuits circuits) {
        CoreServicesPool pool = new CoreServicesPool(settings.urls(), System::nanoTime, circuits);
        if (settings.urls().isEmpty()) {
            ServiceDirectory found = directory.getIfAvailable();
            if (found == null) {
                throw new IllegalArgumentException("ros.core-services.urls has to name the addresses of core services,"
                        + " because only with ros.lock-service=consul they are found");
            }
            found.watch(SERVICE, pool::replace);
        }
        return pool;
    }

    @Bean
    CoreServicesClient coreServicesClient(
            CoreServicesSettings settings,
            CoreServicesPool pool,
            ReactorResourceFactory resources,
            @Value("${ros.internal.secret}") String secret) {
        HttpClient http = HttpClient.create(resources.getConnectionProvider())
                .runOn(resources.getLoopResources())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
                .responseTimeout(settings.responseTimeout());
        WebClient client = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .build();
        Supplier<String> token = reused(new ServiceTokens(secret, Clock.systemUTC()));
        return new CoreServicesClient(client, pool, token, settings.responseTimeout());
    }

    private record Issued(String token, Instant until) {}

    /** Signing is cheap but not free; one token serves many calls. */
    private static Supplier<String> reused(ServiceTokens tokens) {
        var last = new Object() {
            volatile Issued issued = new Issued("", Instant.MIN);
        };
        return () -> {
            Issued issued = last.issued;
            if (Instant.now().isAfter(issued.until())) {
                issued = new Issued(tokens.issue("gateway"), Instant.now().plus(TOKEN_REUSE));
                last.issued = issued;
            }
            return issued.token();
        };
    }
}
