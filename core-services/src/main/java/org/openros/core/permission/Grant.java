// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

/**
 * Rights to a realm that were given to a user, or to everybody.
 *
 * @param user null for everybody
 * @param rights at least one
 */
public record Grant(RealmPath path, @Nullable String user, Set<AccessRight> rights, Instant updatedAt) {
    /** Takes a copy. */
    public Grant {
        EnumSet<AccessRight> copy = EnumSet.noneOf(AccessRight.class);
        copy.addAll(rights);
        rights = Collections.unmodifiableSet(copy);
    }

    /** The highest level that the rights contain. */
    public AccessLevel level() {
        return AccessLevel.of(rights);
    }
}
