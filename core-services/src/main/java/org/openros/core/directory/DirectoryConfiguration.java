// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Predicate;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.permission.AccessChanges;
import org.openros.core.permission.AccessFeed;
import org.openros.domain.GroupId;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the directory. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DirectoryProperties.class)
public class DirectoryConfiguration {
    @Bean
    DirectoryElection directoryElection(
            ObjectProvider<LockService> locks, @Value("${server.address:}") String address) {
        return new DirectoryElection(locks.getIfAvailable(), address);
    }

    @Bean
    Directory directory(
            DirectoryProperties properties,
            ObjectProvider<GroupView> views,
            MetadataStore store,
            AccessFeed feed,
            AccessChanges changes,
            Clock clock) {
        GroupView view = views.getIfAvailable();
        Predicate<GroupId> serving = group -> view == null || view.master(group) != null;
        return new Directory(
                store,
                feed,
                changes,
                new GroupChoice(properties, serving, new SecureRandom()),
                clock,
                Ticker.systemTicker());
    }
}
