// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.util.Set;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.group.WatchedGroupView;
import org.openros.domain.GroupId;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * What an application knows of the others: the lock service, by {@code ros.lock-service}, who is master by it, and with
 * Consul where they are.
 * Applications that share a process bring the lock service, and the setting is {@code embedded} or missing.
 *
 * <p>A setting that cannot be used ends the start with a {@link IllegalArgumentException} that names it.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    LockServiceConfiguration.Setting.class,
    ConsulLockServiceConfiguration.class,
    ConsulDiscoveryConfiguration.class
})
public class LockServiceConfiguration {
    private static final String NAME = "ros.lock-service";
    private static final String EMBEDDED = "embedded";
    private static final Set<String> VALUES = Set.of(EMBEDDED, "consul");

    /** Checks the setting before anything is made by it. */
    static final class Setting implements ImportSelector {
        Setting(Environment environment) {
            String value = environment.getProperty(NAME, EMBEDDED);
            if (!VALUES.contains(value)) {
                throw new IllegalArgumentException(NAME + " must be consul (separate processes) or embedded (all"
                        + " applications in one process), and is: " + value);
            }
        }

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return new String[0];
        }
    }

    @Bean
    @ConditionalOnMissingBean(LockService.class)
    LockService noLockService() {
        throw new IllegalArgumentException(NAME
                + "=embedded is for applications that share a process, and this one runs"
                + " alone: set " + NAME + "=consul, and spring.cloud.consul.host and .port");
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(GroupView.class)
    WatchedGroupView mastersByLockService(LockService locks) {
        WatchedGroupView view = new WatchedGroupView(locks);
        // The first question begins the watch, so that a wrong address is told at the start and not by the first
        // client.
        view.master(GroupId.DEFAULT);
        return view;
    }
}
