// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import java.time.Instant;
import java.util.Set;
import org.openros.domain.RealmPath;

/**
 * The right of one user to one realm for a short time. Core services sign it when a session is bound, the gateway
 * passes it on, the worker checks it.
 *
 * @param userId the user that the session belongs to
 * @param path the realm
 * @param access what the user may do with it; empty means nothing
 * @param expiresAt when a new session can no longer be opened with it; whole seconds
 */
public record RealmToken(String userId, RealmPath path, Set<AccessRight> access, Instant expiresAt) {
    /** Takes a copy of the rights. */
    public RealmToken {
        access = Set.copyOf(access);
    }

    /** Whether the token gives this right. */
    public boolean allows(AccessRight right) {
        return access.contains(right);
    }
}
