// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.openros.cluster.LeaderLock;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.domain.token.TokenKeys;
import org.openros.link.LinkServer;
import org.openros.storage.Storage;
import org.openros.storage.rocks.RocksStorage;
import org.openros.storage.rocks.StorageOptions;
import org.openros.worker.api.ApiConfiguration;
import org.openros.worker.api.StatusController;
import org.openros.worker.link.SessionStreams;
import org.openros.worker.realm.RealmEvents;
import org.openros.worker.realm.RealmSettings;
import org.openros.worker.realm.Realms;
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
@Import(ApiConfiguration.class)
class SyncWorkerConfiguration {
    @Bean
    RocksStorage storage(WorkerProperties properties) {
        return RocksStorage.open(properties.data(), StorageOptions.DEFAULT);
    }

    @Bean
    StorageMeters storageMeters(RocksStorage storage) {
        return new StorageMeters(storage.statistics());
    }

    @Bean
    MeterBinder realmMeters(Realms realms) {
        return registry -> Gauge.builder("ros.worker.realms", realms, Realms::size).register(registry);
    }

    @Bean
    RealmEvents realmEvents(MeterRegistry meters) {
        return new WorkerEvents(meters);
    }

    /** Platform threads, because the storage blocks them. They wait without spinning: the processors have other work. */
    @Bean(destroyMethod = "shutdown")
    ExecutorService realmThreads(WorkerProperties properties) {
        return Executors.newFixedThreadPool(
                properties.actorThreads(), Thread.ofPlatform().name("realm-", 1).factory());
    }

    @Bean
    Realms realms(Storage storage, ExecutorService realmThreads, WorkerProperties properties, RealmEvents events) {
        RealmSettings limits = RealmSettings.DEFAULT;
        RealmSettings settings = new RealmSettings(
                Math.toIntExact(properties.downloadSize().toBytes()),
                Math.toIntExact(properties.uploadSize().toBytes()),
                properties.uncommittedSize().toBytes(),
                limits.commitsInFlight(),
                properties.realmIdle(),
                limits.identGrace());
        return new Realms(storage, realmThreads, settings, events, Clock.systemUTC());
    }

    @Bean(destroyMethod = "shutdown")
    ExecutorService tokenThreads() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }

    @Bean
    SessionStreams sessionStreams(
            Realms realms, ExecutorService tokenThreads, @Value("${ros.core-services.urls}") List<URI> coreServices) {
        RealmTokenVerifier verifier = new RealmTokenVerifier(TokenKeys.published(coreServices), Clock.systemUTC());
        return new SessionStreams(realms, verifier, tokenThreads);
    }

    @Bean
    LinkServer linkServer(WorkerProperties properties, SessionStreams streams) throws IOException {
        return LinkServer.start(properties.link().listen(), streams);
    }

    @Bean
    MasterRole masterRole(LeaderLock lock, WorkerProperties properties, SessionStreams streams, Realms realms) {
        return new MasterRole(lock, properties, streams, realms);
    }

    @Bean
    StatusController statusController(MasterRole role) {
        return new StatusController(role::isMaster);
    }

    /** The lock is taken once the HTTP interface can be reached, because services come as soon as they see it taken. */
    @Bean
    ApplicationListener<WebServerInitializedEvent> reignWhenReachable(
            MasterRole role, LinkServer link, WorkerProperties properties) {
        return event -> role.start(
                link.link(),
                URI.create("http://" + properties.apiHost() + ":" + event.getWebServer().getPort()));
    }

    /** Sessions are ended while everything they need still works. */
    @Bean
    ApplicationListener<ContextClosedEvent> abdicateFirst(MasterRole role) {
        return event -> role.close();
    }
}
