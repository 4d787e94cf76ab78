// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to the rights of users.
 *
 * @param last number of the newest change that the instance knows, which need not be the newest of all
 * @param complete false if changes are missing, so that anything may have changed
 * @param changes oldest first
 */
public record AccessNews(long last, boolean complete, List<Change> changes) {
    /**
     * Sessions that this is about have to be authorized anew.
     *
     * @param number each is one more than the one before
     * @param path the realm; null for all realms of the user
     * @param userId null for all users of the realm
     */
    public record Change(long number, @Nullable String path, @Nullable String userId) {
        /** Whether it is about an authorization that may not know of it. */
        public boolean concerns(RealmStanding standing) {
            return number > standing.asOf()
                    && (path == null || path.equals(standing.path()))
                    && (userId == null || userId.equals(standing.userId()));
        }
    }
}
