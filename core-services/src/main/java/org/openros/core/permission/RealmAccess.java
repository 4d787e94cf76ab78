// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.EnumSet;
import java.util.Set;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

/**
 * What a user may do with a realm.
 *
 * @param path the realm that the user means
 * @param rights perhaps none
 * @param asOf no access change up to this number is missed
 */
public record RealmAccess(RealmPath path, Set<AccessRight> rights, long asOf) {
    /** Everything, as administrators may do. */
    public static RealmAccess whole(RealmPath path, long asOf) {
        return new RealmAccess(path, EnumSet.allOf(AccessRight.class), asOf);
    }
}
