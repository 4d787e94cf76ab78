// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.repeat.RepeatedTask;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds rules, grants and the list of access changes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PermissionProperties.class)
public class PermissionConfiguration {
    /** How late a change made through another process may be heard of. */
    private static final Duration FOLLOW_PAUSE = Duration.ofMillis(500);

    @Bean
    AccessChanges accessChanges() {
        return new AccessChanges();
    }

    @Bean
    AccessFeed accessFeed(MetadataStore store, AccessChanges changes) {
        return new AccessFeed(store, changes);
    }

    @Bean
    RepeatedTask accessFollower(AccessFeed feed, AccessChanges changes, MetadataStore store) {
        return new RepeatedTask("access-changes", Duration.ZERO, FOLLOW_PAUSE, () -> {
            if (store.isReachable()) {
                changes.refresh(feed);
            }
        });
    }

    @Bean
    Grants grants(MetadataStore store, AccessFeed feed, Clock clock) {
        return new Grants(store, feed, clock);
    }

    @Bean
    RealmRights realmRights(
            PermissionProperties properties, Grants grants, AccessChanges changes, Ticker ticker) {
        return new RealmRights(
                new PermissionRules(properties.rules()), grants, changes, ticker);
    }
}
