// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import org.openros.domain.AppId;
import org.openros.gateway.core.Authorizer;
import org.openros.gateway.core.RealmAuthorization;
import org.openros.protocol.SyncError;
import reactor.core.publisher.Mono;

/** Finds the group of a session by asking for the right to its realm. Thread-safe. */
final class RealmRouter {
    private final Authorizer authorizer;

    RealmRouter(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    /** The route; comes exactly once, on any thread, and never as an error. */
    Mono<RealmRoute> route(AppId app, String accessToken, String partition, String connection) {
        return authorizer
                .realm(app, accessToken, partition, connection)
                .map(RealmRouter::route)
                .onErrorResume(failure -> Mono.just(refused(SyncError.UNDECIDED, "the realm cannot be routed")));
    }

    private static RealmRoute route(RealmAuthorization authorization) {
        return switch (authorization) {
            case RealmAuthorization.Granted granted ->
                new RealmRoute.Open(granted.group(), granted.realmToken(), granted.standing());
            case RealmAuthorization.BadPartition bad -> refused(SyncError.BAD_PATH, bad.reason());
            case RealmAuthorization.Denied denied -> refused(SyncError.OPEN_DENIED, denied.reason());
            case RealmAuthorization.Deleted gone -> refused(SyncError.REALM_DELETED, gone.reason());
            case RealmAuthorization.Unauthorized bad -> refused(SyncError.TOKEN_EXPIRED, bad.reason());
            case RealmAuthorization.Undecided open -> refused(SyncError.UNDECIDED, open.reason());
        };
    }

    private static RealmRoute refused(SyncError error, String reason) {
        return new RealmRoute.Refused(error, reason);
    }
}
