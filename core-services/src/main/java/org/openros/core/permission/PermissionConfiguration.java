// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import org.openros.core.metadata.MetadataStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds rules, grants and the list of access changes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PermissionProperties.class)
public class PermissionConfiguration {
    @Bean
    AccessChanges accessChanges() {
        return new AccessChanges();
    }

    @Bean
    AccessFeed accessFeed(MetadataStore store, AccessChanges changes) {
        return new AccessFeed(store, changes);
    }

    @Bean
    AccessFollower accessFollower(AccessFeed feed, AccessChanges changes, MetadataStore store) {
        return new AccessFollower(feed, changes, store);
    }

    @Bean
    Grants grants(MetadataStore store, AccessFeed feed, Clock clock) {
        return new Grants(store, feed, clock);
    }

    @Bean
    RealmRights realmRights(PermissionProperties properties, Grants grants, AccessChanges changes) {
        return new RealmRights(
                new PermissionRules(properties.rules()), grants, changes, Ticker.systemTicker());
    }
}
