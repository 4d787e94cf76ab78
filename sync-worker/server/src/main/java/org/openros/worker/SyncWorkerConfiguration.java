// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openros.cluster.InstanceDetails;
import org.openros.cluster.LockService;
import org.openros.consul.LockServiceConfiguration;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.domain.token.TokenKeys;
import org.openros.link.LinkServer;
import org.openros.storage.rocks.RocksNodeStore;
import org.openros.worker.api.ApiConfiguration;
import org.openros.worker.group.GroupNode;
import org.openros.worker.group.NodeParts;
import org.openros.worker.group.Reigns;
import org.openros.worker.link.SessionStreams;
import org.openros.worker.object.ObjectConfiguration;
import org.openros.worker.realm.RealmEvents;
import org.openros.worker.realm.RealmSettings;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.WorkMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;

/** Puts the worker together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WorkerProperties.class)
@Import({ApiConfiguration.class, LockServiceConfiguration.class, ObjectConfiguration.class})
class SyncWorkerConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SyncWorkerConfiguration.class);

    /** A worker that needs nobody else serves at once; this is for a slow disk. */
    private static final Duration ALONE_LIMIT = Duration.ofSeconds(10);

    @Bean
    RocksNodeStore nodeStore(WorkerProperties properties) {
        return NodeFolder.open(properties);
    }

    @Bean
    StorageMeters storageMeters(RocksNodeStore store) {
        return new StorageMeters(store.statistics());
    }

    @Bean
    RealmEvents realmEvents(MeterRegistry meters) {
        return new WorkerEvents(meters);
    }

    /**
     * Platform threads, because the storage blocks them. They wait without spinning: the processors have other work.
     */
    @Bean(destroyMethod = "shutdown")
    ExecutorService realmThreads(WorkerProperties properties) {
        return Executors.newFixedThreadPool(
                properties.actorThreads(), Thread.ofPlatform().name("realm-", 1).factory());
    }

    @Bean
    WorkMemory workMemory(WorkerProperties properties) {
        return new WorkMemory(properties.workMemoryBytes());
    }

    @Bean
    MeterBinder workMemoryMeters(WorkMemory memory) {
        return new WorkMemoryMeters(memory);
    }

    @Bean
    Reigns reigns(
            ExecutorService realmThreads, WorkerProperties properties, WorkMemory memory, RealmEvents events) {
        RealmSettings limits = RealmSettings.DEFAULT;
        RealmSettings settings = new RealmSettings(
                Math.toIntExact(properties.downloadSize().toBytes()),
                Math.toIntExact(properties.uploadSize().toBytes()),
                properties.uncommittedSize().toBytes(),
                limits.commitsInFlight(),
                properties.realmIdle(),
                limits.identGrace());
        Clock clock = Clock.systemUTC();
        return new Reigns(
                (storage, leadership) ->
                        new Realms(storage, realmThreads, settings, memory, events, leadership, clock));
    }

    @Bean
    GroupNode groupNode(WorkerProperties properties, RocksNodeStore store, LockService locks, Reigns reigns) {
        String version = GroupNode.class.getPackage().getImplementationVersion();
        return new GroupNode(new NodeParts(
                properties.nodeSettings(),
                store,
                locks,
                reigns,
                properties.replication().listen(),
                properties.replication().advertise(),
                properties.replicationTls(),
                version == null ? "development" : version));
    }

    @Bean
    InstanceDetails instanceDetails(WorkerProperties properties) {
        return new InstanceDetails(Map.of("group", properties.group(), "node", properties.node()));
    }

    @Bean
    MeterBinder groupMeters(GroupNode node) {
        return new GroupMeters(node);
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService tokenThreads() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    @Bean
    SessionStreams sessionStreams(
            GroupNode node,
            ExecutorService tokenThreads,
            WorkMemory memory,
            WorkerProperties properties,
            @Value("${ros.core-services.urls}") List<URI> coreServices) {
        RealmTokenVerifier verifier = new RealmTokenVerifier(TokenKeys.published(coreServices), Clock.systemUTC());
        return new SessionStreams(node, verifier, tokenThreads, memory, properties.sessionLog());
    }

    @Bean
    LinkServer linkServer(WorkerProperties properties, SessionStreams streams) throws IOException {
        return LinkServer.start(properties.link().listen(), streams);
    }

    /**
     * The node takes part once the HTTP interface can be reached, because services come as soon as they see a master.
     */
    @Bean
    ApplicationListener<WebServerInitializedEvent> takePartWhenReachable(
            GroupNode node, LinkServer link, WorkerProperties properties) {
        return event -> {
            try {
                URI api = URI.create("http://" + properties.apiHost() + ":" + event.getWebServer().getPort());
                node.start(link.link(), api);
                if (properties.nodes().size() > 1) {
                    Rehearsal.start();
                } else if (!node.reigns().await(ALONE_LIMIT)) {
                    LOG.warn("not serving after {}: {}", ALONE_LIMIT, node.status().notServing());
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot listen at " + properties.replication().listen()
                        + " (ros.worker.replication.listen): " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Sessions are ended, and the group is handed over, while everything that this needs still works. */
    @Bean
    ApplicationListener<ContextClosedEvent> handOverFirst(GroupNode node) {
        return event -> node.close();
    }
}
