// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.net.URI;
import org.openros.protocol.SyncError;

/** Where a session goes, or why nowhere. */
sealed interface RealmRoute {
    /** To the master of the realm's group. */
    record Open(URI link, String realmToken) implements RealmRoute {
        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "Open[link=" + link + "]";
        }
    }

    /**
     * The client gets an error.
     *
     * @param error on the level of the session, or {@link SyncError#TOKEN_EXPIRED}, which ends the connection
     */
    record Refused(SyncError error, String reason) implements RealmRoute {}
}
