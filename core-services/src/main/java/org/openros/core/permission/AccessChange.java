// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;

/**
 * Something happened that may change what sessions may do: those that are open have to be authorized anew.
 *
 * @param path the realm; null for all realms of the user
 * @param user null for all users of the realm
 */
public record AccessChange(@Nullable RealmPath path, @Nullable String user) {
    /**
     * Refuses a change of nothing.
     *
     * @throws IllegalArgumentException if both are null
     */
    public AccessChange {
        if (path == null && user == null) {
            throw new IllegalArgumentException("a change of access names a realm or a user");
        }
    }

    /**
     * A change with its place in the list.
     *
     * @param number from 1; each has the number of the one before, plus one
     */
    public record Numbered(long number, AccessChange change) {}
}
