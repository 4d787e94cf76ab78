// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/**
 * What the directory knows of a realm.
 *
 * @param path by which clients name it
 * @param owner the user who opened or created it first; null for an administrator
 * @param group of the workers that have it
 * @param store by which workers name it: that is the path, unless a realm of this path was deleted before
 * @param incarnation 1, and one more each time that the path gets a realm again after a deletion;
 *     0 if nobody could say whether there is such a realm
 * @param isDeleted whether it is in the trash
 */
public record RealmRow(
        RealmPath path,
        RealmType type,
        @Nullable String owner,
        GroupId group,
        RealmPath store,
        long incarnation,
        boolean isDeleted,
        Instant createdAt) {
    /** Whether the row was looked up; otherwise it is what it should be if the path was never used before. */
    public boolean isCertain() {
        return incarnation > 0;
    }
}
