// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.gateway.core.Authorizer;
import org.openros.gateway.core.RealmAuthorization;
import org.openros.protocol.SyncError;
import reactor.core.publisher.Mono;

/** Finds the way of a session: asks for the right to the realm, then for the master of its group. Thread-safe. */
final class RealmRouter {
    private final Authorizer authorizer;
    private final GroupView groups;
    private final Duration masterTimeout;

    RealmRouter(Authorizer authorizer, GroupView groups, Duration masterTimeout) {
        this.authorizer = authorizer;
        this.groups = groups;
        this.masterTimeout = masterTimeout;
    }

    /** The route; comes exactly once, on any thread, and never as an error. */
    Mono<RealmRoute> route(AppId app, String accessToken, String partition) {
        return authorizer
                .realm(app, accessToken, partition)
                .flatMap(this::route)
                .onErrorResume(failure -> Mono.just(refused(SyncError.SESSION_CLOSED, "the realm cannot be routed")));
    }

    private Mono<RealmRoute> route(RealmAuthorization authorization) {
        return switch (authorization) {
            case RealmAuthorization.Granted granted -> toMaster(granted);
            case RealmAuthorization.BadPartition bad -> Mono.just(refused(SyncError.BAD_PATH, bad.reason()));
            case RealmAuthorization.Denied denied -> Mono.just(refused(SyncError.OPEN_DENIED, denied.reason()));
            case RealmAuthorization.Unauthorized bad -> Mono.just(refused(SyncError.TOKEN_EXPIRED, bad.reason()));
            case RealmAuthorization.Undecided open -> Mono.just(refused(SyncError.SESSION_CLOSED, open.reason()));
        };
    }

    private Mono<RealmRoute> toMaster(RealmAuthorization.Granted granted) {
        return master(granted.group())
                .<RealmRoute>map(master -> new RealmRoute.Open(master.link(), granted.realmToken()))
                .onErrorResume(
                        TimeoutException.class,
                        none -> Mono.just(refused(
                                SyncError.SESSION_CLOSED, "group " + granted.group() + " has no master")));
    }

    private Mono<Master> master(GroupId group) {
        Master known = groups.master(group);
        if (known != null) {
            return Mono.just(known);
        }
        return Mono.<Master>create(sink -> {
                    GroupView.Registration watch = groups.watch(group, master -> {
                        if (master != null) {
                            sink.success(master);
                        }
                    });
                    sink.onDispose(watch::close);
                })
                .timeout(masterTimeout);
    }

    private static RealmRoute refused(SyncError error, String reason) {
        return new RealmRoute.Refused(error, reason);
    }
}
