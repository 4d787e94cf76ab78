// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.util.EnumSet;
import java.util.Set;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.UserToken;

/** Decides who may do what with which realm: each user of an app may read and write each realm of that app. */
final class RealmAccessPolicy {
    /** The rights of a user to a realm; empty means none. */
    Set<AccessRight> rights(UserToken user, RealmPath path) {
        if (!path.app().equals(user.app()) || path.app().isReserved()) {
            return EnumSet.noneOf(AccessRight.class);
        }
        return EnumSet.of(AccessRight.READ, AccessRight.WRITE);
    }
}
