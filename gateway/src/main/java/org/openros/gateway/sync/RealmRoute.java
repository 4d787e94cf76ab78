// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import org.openros.domain.GroupId;
import org.openros.gateway.core.RealmStanding;
import org.openros.protocol.SyncError;

/** Where a session goes, or why nowhere. */
sealed interface RealmRoute {
    /** To the master of the realm's group. */
    record Open(GroupId group, String realmToken, RealmStanding standing) implements RealmRoute {
        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "Open[group=" + group + "]";
        }
    }

    /**
     * The client gets an error.
     *
     * @param error on the level of the session, or {@link SyncError#TOKEN_EXPIRED}, which ends the connection
     */
    record Refused(SyncError error, String reason) implements RealmRoute {}
}
