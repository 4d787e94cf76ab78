// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.TrashedRealm;
import org.openros.core.group.WorkerGroups;
import org.openros.core.problem.Problem;
import org.openros.core.realmapi.RealmNames;
import org.openros.core.realmjob.MoveWork;
import org.openros.core.realmjob.PurgeWork;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Work on whole realms that takes its time (admin API, sections 15.4 and 15.9). */
@RestController
@RequestMapping(path = AdminRoutes.V1, produces = MediaType.APPLICATION_JSON_VALUE)
final class RealmJobController {
    private final Directory directory;
    private final WorkerGroups groups;
    private final AdminParts parts;

    RealmJobController(Directory directory, WorkerGroups groups, AdminParts parts) {
        this.directory = directory;
        this.groups = groups;
        this.parts = parts;
    }

    /** Where a realm is to go. */
    record Destination(@Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String toLabel) {}

    /** Moves a realm. */
    @PostMapping("/realms/{name}/move")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins a job that moves a realm to another group, while clients use it")
    JobReply move(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable Destination body) {
        RealmPath path = RealmNames.path(parts.apps().required(appId), "path", name);
        GroupId group = group(Given.text("toLabel", Given.body(body).toLabel()));
        RealmRow row = directory.find(path);
        if (row == null || row.isDeleted()) {
            throw Problem.REALM_NOT_FOUND.exception("there is no such realm");
        }
        return begin(admin, request, MoveWork.TYPE, MoveWork.target(path, group), path);
    }

    private GroupId group(String label) {
        return groups.labels().stream()
                .filter(group -> group.value().equals(label))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("toLabel", "there is no such group"));
    }

    /** Removes a realm for good. */
    @DeleteMapping("/trash/{trashId}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins a job that removes a realm of the trash for good, now")
    JobReply purge(Authentication admin, ServerHttpRequest request, @PathVariable String trashId) {
        String id = String.valueOf(Paging.of(1, trashId).after());
        TrashedRealm trashed = directory.findTrashed(id);
        if (trashed == null) {
            throw Problem.NO_RESOURCE.exception("there is no such realm in the trash");
        }
        return begin(admin, request, PurgeWork.TYPE, id, trashed.row().path());
    }

    private JobReply begin(
            Authentication admin, ServerHttpRequest request, String type, String target, RealmPath path) {
        AuditLog.Entry told =
                parts.audit(AuditEvent.BEGIN_JOB, request, admin).with("type", type).with("realm", path.value());
        return JobReply.of(parts.begin(told, admin, type, target));
    }
}
