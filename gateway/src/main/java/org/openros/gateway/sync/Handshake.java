// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import org.openros.domain.AppId;

/**
 * What an upgrade request asks for, and the version that was chosen.
 *
 * @param connectionId for logs of all processes, and for the worker to tell connections apart
 * @param key the value of {@code Sec-WebSocket-Key} in the request
 * @param subprotocol the value of {@code Sec-WebSocket-Protocol} in the response
 */
record Handshake(
        String connectionId, AppId app, String accessToken, String key, String subprotocol, int protocolVersion) {
    static Handshake of(UpgradeRequest request, String subprotocol, int protocolVersion) {
        return new Handshake(request.id(), request.app(), request.accessToken(), request.key(), subprotocol,
                protocolVersion);
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "Handshake[connectionId=" + connectionId + ", app=" + app + ", subprotocol=" + subprotocol + "]";
    }
}
