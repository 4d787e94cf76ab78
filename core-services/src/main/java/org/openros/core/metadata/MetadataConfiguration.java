// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.time.Duration;
import org.openros.cluster.GroupView;
import org.openros.domain.token.ServiceTokens;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** Builds the store on the workers, unless the context brings another one. */
@Configuration(proxyBeanMethods = false)
public class MetadataConfiguration {
    /** Outlasts most failovers; no call takes longer than this and one more attempt. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    /** Of one attempt. A frozen master says nothing, and the next one may have been elected meanwhile. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(3);

    /** For a free connection, when many ask at once. */
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CONNECTIONS = 64;

    /** All clients of a gateway may come back at once, each with a question; beyond this they are told to wait. */
    private static final int MAX_PENDING = 20_000;

    /** Connections are given up before a worker or a firewall between drops them silently. */
    private static final Duration MAX_IDLE = Duration.ofSeconds(20);

    @Bean(destroyMethod = "dispose")
    @ConditionalOnMissingBean(MetadataStore.class)
    ConnectionProvider workerConnections() {
        return ConnectionProvider.builder("metadata")
                .maxConnections(MAX_CONNECTIONS)
                .maxIdleTime(MAX_IDLE)
                .pendingAcquireMaxCount(MAX_PENDING)
                .pendingAcquireTimeout(ACQUIRE_TIMEOUT)
                .build();
    }

    @Bean
    @ConditionalOnMissingBean(MetadataStore.class)
    MetadataStore metadataStore(
            GroupView groups, ServiceTokens tokens, ConnectionProvider workerConnections, JsonMapper json) {
        return new WorkerMetadataStore(
                MetadataStore.REALM, groups, tokens, workerClient(workerConnections), json, PATIENCE);
    }

    @Bean
    @ConditionalOnMissingBean(MetadataCopies.class)
    @ConditionalOnBean(ConnectionProvider.class)
    MetadataCopies metadataCopies(
            GroupView groups, ServiceTokens tokens, ConnectionProvider workerConnections, JsonMapper json) {
        RestClient http = workerClient(workerConnections);
        return realm -> new WorkerMetadataStore(realm, groups, tokens, http, json, PATIENCE);
    }

    static RestClient workerClient(ConnectionProvider connections) {
        // The store repeats requests itself, and asks for the master again each time.
        HttpClient netty = HttpClient.create(connections).disableRetry(true);
        ReactorClientHttpRequestFactory requests = new ReactorClientHttpRequestFactory(netty);
        requests.setConnectTimeout(CONNECT_TIMEOUT);
        requests.setReadTimeout(READ_TIMEOUT);
        return RestClient.builder().requestFactory(requests).build();
    }
}
