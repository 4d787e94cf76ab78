// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The edge of the web server. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class EdgeConfiguration {
    @Bean
    LimitMetrics limitMetrics(MeterRegistry registry) {
        return new LimitMetrics(registry);
    }

    @Bean
    Admission admission(EdgeSettings settings, ClientAddresses clients, LimitMetrics metrics) {
        return new Admission(settings, clients, metrics);
    }

    @Bean
    PublicEdge publicEdge(EdgeSettings settings, ClientAddresses clients, LimitMetrics metrics, Admission admission) {
        return new PublicEdge(settings, clients, metrics, admission);
    }

    @Bean
    NettyServerCustomizer publicEdgeCustomizer(PublicEdge edge) {
        return edge::configure;
    }
}
