// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.micrometer.core.instrument.MeterRegistry;
import org.openros.cluster.GroupView;
import org.openros.gateway.core.AccessNewsSource;
import org.openros.gateway.core.Authorizer;
import org.openros.link.LinkChannels;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** Puts the sync connections into the web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SyncSettings.class)
class SyncConfiguration {
    private static final String HANDLER = "openros.upgrade";

    @Bean
    LinkChannels linkChannels() {
        return new LinkChannels();
    }

    @Bean
    SyncMetrics syncMetrics(MeterRegistry registry) {
        return new SyncMetrics(registry);
    }

    @Bean
    SyncConnections syncConnections(SyncMetrics metrics) {
        return new SyncConnections(metrics);
    }

    @Bean
    SyncLifecycle syncLifecycle(SyncConnections connections, SyncSettings settings) {
        return new SyncLifecycle(connections, settings.idleTimeout());
    }

    @Bean
    AccessWatch accessWatch() {
        return new AccessWatch();
    }

    @Bean
    AccessPolling accessPolling(AccessNewsSource source, AccessWatch watch) {
        return new AccessPolling(source, watch);
    }

    @Bean
    PipelineSwitch pipelineSwitch(
            Authorizer authorizer,
            GroupView groups,
            AccessWatch access,
            LinkChannels channels,
            SyncMetrics metrics,
            SyncConnections connections,
            SyncSettings settings) {
        HeldSessions held = new HeldSessions(settings.maxHeld());
        metrics.watch(held);
        SessionPeers peers = new SessionPeers(
                new RealmRouter(authorizer),
                new Masters(groups),
                held,
                access,
                channels,
                metrics,
                settings.masterTimeout(),
                settings.settled());
        return new PipelineSwitch(settings, peers, connections);
    }

    @Bean
    NettyServerCustomizer syncConnectionsCustomizer(
            Authorizer authorizer, SyncConnections connections, SyncMetrics metrics, PipelineSwitch pipelineSwitch) {
        return server -> server.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                .addAfter(
                        NettyPipeline.HttpCodec,
                        HANDLER,
                        new UpgradeHandler(authorizer, connections, metrics, pipelineSwitch)));
    }
}
