// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import org.openros.domain.GroupId;

/** Whether the user of a connection may open a realm. */
public sealed interface RealmAuthorization {
    /**
     * The realm may be opened.
     *
     * @param group the group of workers that serves it
     * @param realmToken what the worker wants to see
     * @param standing when the question has to be asked again
     */
    record Granted(GroupId group, String realmToken, RealmStanding standing) implements RealmAuthorization {
        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "Granted[group=" + group + "]";
        }
    }

    /** The partition cannot name a realm. */
    record BadPartition(String reason) implements RealmAuthorization {}

    /** The token of the connection is no longer good. */
    record Unauthorized(String reason) implements RealmAuthorization {}

    /** The user has no right to the realm. */
    record Denied(String reason) implements RealmAuthorization {}

    /** The realm was deleted. */
    record Deleted(String reason) implements RealmAuthorization {}

    /** Nobody can tell now; the client should try again. */
    record Undecided(String reason) implements RealmAuthorization {}
}
