// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.AccessChange;
import org.openros.core.permission.AccessChanges;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.RealmPath;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells gateways which open sessions have to be authorized anew. Answers from memory. */
@RestController
@RunsIn(CoreService.PERMISSIONS)
class ChangesController {
    private final AccessChanges changes;

    ChangesController(AccessChanges changes) {
        this.changes = changes;
    }

    @GetMapping("/internal/v1/access/changes")
    ChangesReply changes(@RequestParam(defaultValue = "0") long after) {
        AccessChanges.Page page = changes.after(after);
        return new ChangesReply(
                page.last(), page.complete(), page.changes().stream().map(ChangeReply::of).toList());
    }

    /**
     * What has happened behind a number.
     *
     * @param last the newest change that this process knows of
     * @param complete false if older changes are no longer known, so that anything may have changed
     */
    record ChangesReply(long last, boolean complete, List<ChangeReply> changes) {}

    /** A change; without path it is about all realms of the user, without user about all users of the realm. */
    record ChangeReply(long number, @Nullable String path, @Nullable String user) {
        static ChangeReply of(AccessChange.Numbered numbered) {
            RealmPath path = numbered.change().path();
            return new ChangeReply(
                    numbered.number(), path == null ? null : path.value(), numbered.change().user());
        }
    }
}
