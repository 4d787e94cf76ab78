// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.backup.BackupId;
import org.openros.core.backup.MetadataRestore;
import org.openros.core.backup.RestoreOrder;
import org.openros.core.backup.RestoreOrder.Mode;
import org.openros.core.backup.RestoreWork;
import org.openros.core.problem.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Restores from backups (admin API, section 15.10). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/restores", produces = MediaType.APPLICATION_JSON_VALUE)
final class RestoreAdminController {
    private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final UsableBackups backups;
    private final ObjectProvider<MetadataRestore> metadata;
    private final AdminParts parts;
    private final Clock clock;

    RestoreAdminController(
            UsableBackups backups, ObjectProvider<MetadataRestore> metadata, AdminParts parts, Clock clock) {
        this.backups = backups;
        this.metadata = metadata;
        this.parts = parts;
        this.clock = clock;
    }

    /**
     * What to restore.
     *
     * @param paths names of realms, which may end in {@code *}; not with {@code full}
     * @param mode {@code replace}, {@code asNew} or {@code full}
     * @param suffix of the names of new realms; with {@code asNew} only
     */
    record NewRestore(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String backupId,
            @Nullable List<@Nullable String> paths,
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String mode,
            @Nullable String suffix) {}

    /** Restores. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins a job that restores realms while clients use the server, or all on an empty server")
    JobReply restore(
            Authentication admin,
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable NewRestore body) {
        RestoreOrder order = order(appId, Given.body(body));
        if (order.mode() == Mode.FULL && !metadata.getObject().isEmptyServer()) {
            throw Problem.CONFLICT.exception(
                    "everything can be restored on an empty server only; this one has users or "
                    + "realms: restore single realms, or start with an empty folder");
        }
        AuditLog.Entry told =
                parts.audit(AuditEvent.RESTORE_BACKUP, request, admin).with("target", order.target());
        return JobReply.of(parts.begin(told, admin, RestoreWork.TYPE, order.target()));
    }

    private RestoreOrder order(@Nullable String appId, NewRestore body) {
        Mode mode = mode(Given.text("mode", body.mode()));
        List<String> paths = RealmSelection.patterns(parts.apps(), appId, "paths", body.paths());
        if (paths.isEmpty() != (mode == Mode.FULL)) {
            throw mode == Mode.FULL ? Problem.invalid("paths", "full restores all realms") : Problem.missing("paths");
        }
        BackupId backup = backups.find(Given.text("backupId", body.backupId())).id();
        return new RestoreOrder(BackupId.next(clock.instant()), backup, mode, suffix(mode, body.suffix()), paths);
    }

    private static Mode mode(String text) {
        for (Mode mode : Mode.values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw Problem.invalid("mode", "is replace, asNew or full");
    }

    private static String suffix(Mode mode, @Nullable String given) {
        if (mode != Mode.AS_NEW) {
            if (given != null) {
                throw Problem.invalid("suffix", "goes with asNew only");
            }
            return "";
        }
        String suffix = given == null ? "-restored" : given;
        if (!SUFFIX.matcher(suffix).matches()) {
            throw Problem.invalid("suffix", "has 1 to 64 letters, digits and ._-");
        }
        return suffix;
    }
}
