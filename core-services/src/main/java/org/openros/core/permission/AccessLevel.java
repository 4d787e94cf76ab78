// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.openros.domain.token.AccessRight;

/** The rights that are given together; each level includes the lower ones (admin API, section 10.1). */
public enum AccessLevel {
    /** Nothing. */
    NONE,

    /** Download. */
    READ,

    /** Download and upload. */
    WRITE,

    /** Download, upload and give rights to others. */
    ADMIN;

    /** The rights of the level. */
    public Set<AccessRight> rights() {
        EnumSet<AccessRight> rights =
                switch (this) {
                    case NONE -> EnumSet.noneOf(AccessRight.class);
                    case READ -> EnumSet.of(AccessRight.READ);
                    case WRITE -> EnumSet.of(AccessRight.READ, AccessRight.WRITE);
                    case ADMIN -> EnumSet.allOf(AccessRight.class);
                };
        return Collections.unmodifiableSet(rights);
    }

    /** The highest level of which all rights are there. */
    public static AccessLevel of(Set<AccessRight> rights) {
        AccessLevel highest = NONE;
        for (AccessLevel level : values()) {
            if (rights.containsAll(level.rights())) {
                highest = level;
            }
        }
        return highest;
    }
}
