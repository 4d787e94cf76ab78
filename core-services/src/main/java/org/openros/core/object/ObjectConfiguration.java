// SPDX-License-Identifier: Apache-2.0
package org.openros.core.object;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.openros.cluster.GroupView;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.token.ServiceTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Builds the routes to the data of realms. */
@Configuration(proxyBeanMethods = false)
@RunsIn(CoreService.ADMIN)
@Import(ObjectController.class)
public class ObjectConfiguration {
    /** Outlasts most failovers. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final int CONNECT_MILLIS = 1000;

    /** Each feed has one. */
    private static final int MAX_CONNECTIONS = 1000;

    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(5);

    /** Connections are given up before a worker or a firewall between drops them silently. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(20);

    @Bean(destroyMethod = "dispose")
    ConnectionProvider dataConnections() {
        return ConnectionProvider.builder("data")
                .maxConnections(MAX_CONNECTIONS)
                .maxIdleTime(MAX_IDLE)
                .pendingAcquireTimeout(ACQUIRE_TIMEOUT)
                .build();
    }

    @Bean
    Workers workers(GroupView groups, ServiceTokens tokens, ConnectionProvider dataConnections) {
        HttpClient http = HttpClient.create(dataConnections)
                .disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        return new Workers(groups, tokens, http, PATIENCE);
    }
}
