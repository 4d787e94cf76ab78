// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.TrashedRealm;
import org.openros.core.problem.Dates;
import org.openros.core.realmapi.RealmNames;

/**
 * A realm as administrators see it.
 *
 * @param path its name
 * @param realmType {@code full} or {@code reference}
 * @param owner missing if it has none
 * @param label the group of workers that has it
 * @param state {@code active} or {@code deleted}
 * @param trashId to restore it with; missing unless it is listed in the trash
 * @param deletedAt missing unless it is listed in the trash
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RealmView(
        String appId,
        String path,
        String realmType,
        @Nullable String owner,
        String label,
        long incarnation,
        String state,
        String createdAt,
        @Nullable String trashId,
        @Nullable String deletedAt) {
    static RealmView of(RealmRow row) {
        return of(row, row.isDeleted(), null, null);
    }

    static RealmView of(TrashedRealm trashed) {
        return of(trashed.row(), true, Paging.cursor(trashed.id()), Dates.write(trashed.deletedAt()));
    }

    private static RealmView of(RealmRow row, boolean deleted, @Nullable String trashId, @Nullable String deletedAt) {
        return new RealmView(
                row.path().app().value(),
                RealmNames.name(row.path()),
                row.type().text(),
                row.owner(),
                row.group().value(),
                row.incarnation(),
                deleted ? "deleted" : "active",
                Dates.write(row.createdAt()),
                trashId,
                deletedAt);
    }
}
