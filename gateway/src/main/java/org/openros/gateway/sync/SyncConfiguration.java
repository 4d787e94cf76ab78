// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.openros.cluster.GroupView;
import org.openros.domain.token.ServiceTokens;
import org.openros.gateway.accesslog.AccessLog;
import org.openros.gateway.core.AccessNewsSource;
import org.openros.gateway.core.Authorizer;
import org.openros.gateway.edge.Admission;
import org.openros.gateway.edge.ClientAddresses;
import org.openros.gateway.edge.LimitMetrics;
import org.openros.gateway.edge.PublicEdge;
import org.openros.link.LinkChannels;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Puts the sync connections into the web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SyncSettings.class, FlowSettings.class, DrainSettings.class})
class SyncConfiguration {
    @Bean
    LinkChannels linkChannels() {
        return new LinkChannels();
    }

    @Bean
    SyncMetrics syncMetrics(MeterRegistry registry) {
        return new SyncMetrics(registry);
    }

    @Bean
    FlowLimits flowLimits(FlowSettings settings, LimitMetrics metrics) {
        return new FlowLimits(settings, metrics);
    }

    @Bean
    SyncConnections syncConnections(SyncMetrics metrics, FlowSettings settings, FlowLimits limits) {
        return new SyncConnections(metrics, new SlowClients(settings.slowClientTimeout(), limits.buffered()));
    }

    @Bean
    SyncLifecycle syncLifecycle(
            SyncConnections connections,
            LinkChannels links,
            SyncSettings settings,
            FlowSettings flow,
            DrainSettings draining) {
        return new SyncLifecycle(connections, links, settings.idleTimeout(), flow.slowClientTimeout(), draining);
    }

    @Bean
    AccessWatch accessWatch() {
        return new AccessWatch();
    }

    @Bean
    RouterFunction<ServerResponse> sessionRoutes(AccessWatch watch, @Value("${ros.internal.secret}") String secret) {
        return new SessionRoutes(watch, new ServiceTokens(secret, Clock.systemUTC())).routes();
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
            FlowLimits limits,
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
                limits,
                settings.masterTimeout(),
                settings.settled());
        return new PipelineSwitch(settings, peers, connections);
    }

    @Bean
    UpgradePeers upgradePeers(
            Authorizer authorizer,
            Admission admission,
            SyncConnections connections,
            SyncMetrics metrics,
            PipelineSwitch pipelineSwitch,
            ClientAddresses clients,
            AccessLog accessLog) {
        return new UpgradePeers(
                authorizer, admission, connections, metrics, pipelineSwitch, clients, accessLog);
    }

    @Bean
    NettyServerCustomizer syncConnectionsCustomizer(UpgradePeers peers, PublicEdge edge) {
        return server -> server.doOnChannelInit((observer, channel, remote) ->
                UpgradeInstaller.install(channel.pipeline(), peers, edge.guard(channel)));
    }
}
