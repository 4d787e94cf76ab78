// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import org.openros.domain.AppId;
import org.openros.domain.RealmPath;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What users may do by default with the realms of a pattern.
 *
 * @param app as in {@link RealmPattern}; default {@code *}
 * @param partition as in {@link RealmPattern}
 * @param access what is allowed
 */
public record PermissionRule(@DefaultValue("*") String app, String partition, AccessLevel access) {
    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException if it is none
     */
    public PermissionRule {
        try {
            new RealmPattern(app, partition);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ros.permissions.rules: " + e.getMessage(), e);
        }
    }

    private RealmPattern pattern() {
        return new RealmPattern(app, partition);
    }

    boolean isFor(AppId id) {
        return pattern().isFor(id);
    }

    boolean isOfHomes() {
        return pattern().isOfHomes();
    }

    boolean fits(RealmPath path, String userId) {
        return pattern().fits(path, userId);
    }
}
