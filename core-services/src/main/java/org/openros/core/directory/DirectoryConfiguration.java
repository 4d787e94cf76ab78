// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.permission.AccessChanges;
import org.openros.core.permission.AccessFeed;
import org.openros.core.repeat.RepeatedTask;
import org.openros.core.service.ChosenServices;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.GroupId;
import org.openros.domain.token.ServiceTokens;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds the directory. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DirectoryProperties.class, TrashProperties.class})
public class DirectoryConfiguration {
    private static final Duration GROUPS_PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOVE_PAUSE = Duration.ofSeconds(1);
    private static final Duration TRASH_PAUSE = Duration.ofMinutes(1);

    @Bean
    DirectoryElection directoryElection(
            ObjectProvider<LockService> locks, @Value("${server.address:}") String address, ChosenServices chosen) {
        return new DirectoryElection(chosen.has(CoreService.DIRECTORY) ? locks.getIfAvailable() : null, address);
    }

    @Bean
    Directory directory(
            DirectoryProperties properties,
            ObjectProvider<GroupView> views,
            MetadataStore store,
            AccessFeed feed,
            AccessChanges changes,
            Clock clock,
            Ticker ticker) {
        GroupView view = views.getIfAvailable();
        if (view != null) {
            // A group is watched from the first question about it.
            properties.groups().forEach(group -> view.master(group.name()));
        }
        Predicate<GroupId> serving = group -> view == null || view.master(group) != null;
        return new Directory(
                store,
                feed,
                changes,
                new GroupChoice(properties, serving, new SecureRandom(), GROUPS_PATIENCE),
                clock,
                ticker);
    }

    @Bean
    RealmHosts realmHosts(
            ObjectProvider<GroupView> views, GroupFollowers followers, ServiceTokens tokens, JsonMapper json) {
        return new WorkerRealmHosts(views.getIfAvailable(), followers, tokens, json);
    }

    @Bean
    RealmSizes realmSizes(RealmHosts hosts) {
        return new RealmSizes(hosts);
    }

    @Bean
    RealmContents realmContents(RealmHosts hosts) {
        return new RealmContents(hosts);
    }

    @Bean
    Trash trash(MetadataStore store, RealmHosts hosts, TrashProperties properties, Clock clock) {
        return new Trash(store, hosts, properties.retention(), clock);
    }

    @Bean
    RealmMoves realmMoves(
            MetadataStore store, Directory directory, RealmHosts hosts, DirectoryProperties properties, Clock clock) {
        return new RealmMoves(
                store,
                directory,
                hosts,
                properties.groups().stream().map(DirectoryProperties.Group::name).toList(),
                clock);
    }

    @Bean
    @RunsIn(CoreService.DIRECTORY)
    RepeatedTask realmMoveRounds(RealmMoves moves, DirectoryElection election, MetadataStore store) {
        return new RepeatedTask("realm-moves", MOVE_PAUSE, MOVE_PAUSE, () -> {
            if (election.isActive() && store.isReachable()) {
                moves.round();
            }
        });
    }

    @Bean
    @RunsIn(CoreService.DIRECTORY)
    RepeatedTask trashRounds(Trash trash, RealmMoves moves, DirectoryElection election, MetadataStore store) {
        return new RepeatedTask("trash", TRASH_PAUSE, TRASH_PAUSE, () -> {
            if (election.isActive() && store.isReachable()) {
                trash.round();
                moves.clear();
            }
        });
    }
}
