// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import org.openros.domain.AppId;
import reactor.core.publisher.Mono;

/**
 * The port through which clients are authorised. Answers come exactly once, on any thread; what goes wrong becomes
 * "undecided" and never an error. Thread-safe.
 */
public interface Authorizer {
    /**
     * May the holder of the token connect to the app?
     *
     * @param requestId the connection's name in logs
     */
    Mono<ConnectionAuthorization> connection(AppId app, String accessToken, String requestId);

    /**
     * May the holder of the token open a realm of the app?
     *
     * @param partition the path of the BIND message, as it is
     * @param requestId the connection's name in logs
     */
    Mono<RealmAuthorization> realm(AppId app, String accessToken, String partition, String requestId);
}
