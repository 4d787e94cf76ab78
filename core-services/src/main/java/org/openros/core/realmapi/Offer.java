// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.AccessLevel;
import org.openros.domain.RealmPath;

/**
 * Rights for whoever has the token.
 *
 * @param token a secret
 * @param creator user id, or {@code __admin}
 * @param expiresAt null: never
 */
record Offer(
        String token,
        RealmPath path,
        AccessLevel level,
        String creator,
        Instant createdAt,
        @Nullable Instant expiresAt) {
    boolean isExpired(Instant now) {
        return expiresAt != null && !expiresAt.isAfter(now);
    }

    @Override
    public String toString() {
        return "Offer[" + path + ", " + level + "]";
    }
}
