// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import org.openros.core.permission.RealmRights;
import org.openros.core.problem.Problem;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;

/** Knows who may give rights to a realm. */
final class Managers {
    private final RealmRights rights;

    Managers(RealmRights rights) {
        this.rights = rights;
    }

    /** Others end in an error reply. */
    void require(Caller caller, RealmPath path) {
        if (!has(caller, path, AccessRight.MANAGE)) {
            throw Problem.ACCESS_DENIED.exception("only who manages the realm may do that");
        }
    }

    /** Whether a caller has a right; administrators have all. */
    boolean has(Caller caller, RealmPath path, AccessRight right) {
        return switch (caller) {
            case Caller.Admin admin -> true;
            case Caller.Somebody user -> rights.all(path, user.userId()).contains(right);
        };
    }
}
