// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.Grant;
import org.openros.core.problem.Dates;
import org.openros.core.realmapi.RealmNames;

/**
 * What somebody may do with a realm.
 *
 * @param userId null for everybody
 * @param path the realm's name
 * @param accessLevel {@code read}, {@code write} or {@code admin}
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PermissionView(@Nullable String userId, String appId, String path, String accessLevel, String updatedAt) {
    static PermissionView of(Grant grant) {
        return new PermissionView(
                grant.user(),
                grant.path().app().value(),
                RealmNames.name(grant.path()),
                grant.level().name().toLowerCase(Locale.ROOT),
                Dates.write(grant.updatedAt()));
    }
}
