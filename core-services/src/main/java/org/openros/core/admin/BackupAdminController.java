// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.backup.BackupFolder;
import org.openros.core.backup.BackupId;
import org.openros.core.backup.BackupOrder;
import org.openros.core.backup.BackupScope;
import org.openros.core.backup.BackupWork;
import org.openros.core.backup.Manifest;
import org.openros.core.backup.VerifyWork;
import org.openros.core.group.WorkerGroups;
import org.openros.core.job.Job;
import org.openros.core.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backups (admin API, section 15.10). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/backups", produces = MediaType.APPLICATION_JSON_VALUE)
final class BackupAdminController {
    private final UsableBackups backups;
    private final WorkerGroups groups;
    private final AdminParts parts;
    private final Clock clock;

    BackupAdminController(UsableBackups backups, WorkerGroups groups, AdminParts parts, Clock clock) {
        this.backups = backups;
        this.groups = groups;
        this.parts = parts;
        this.clock = clock;
    }

    /**
     * A complete backup.
     *
     * @param scope which realms it has; empty lists for all
     * @param realms how many it has
     * @param bytes of its files
     */
    record BackupView(
            String id,
            String mode,
            ScopeView scope,
            String startedAt,
            String endedAt,
            long realms,
            long bytes,
            String serverVersion) {
        static BackupView of(Manifest manifest) {
            return new BackupView(
                    manifest.id().value(),
                    "full",
                    new ScopeView(manifest.scope().labels(), manifest.scope().paths()),
                    manifest.startedAt(),
                    manifest.endedAt(),
                    manifest.realms(),
                    manifest.bytes(),
                    manifest.serverVersion());
        }
    }

    /** Which realms: those of groups, and those of paths as {@code /app/name}, which may end in {@code *}. */
    record ScopeView(List<String> labels, List<String> paths) {}

    /**
     * What to back up.
     *
     * @param labels groups; all if missing
     * @param paths names of realms, which may end in {@code *}; all if missing
     */
    record Scope(@Nullable List<@Nullable String> labels, @Nullable List<@Nullable String> paths) {}

    /**
     * A backup to make.
     *
     * @param scope everything if missing
     * @param mode {@code full}
     */
    record NewBackup(@Nullable Scope scope, @Nullable String mode) {}

    /** What is made of a request for a backup. */
    record BackupReply(String backupId, String jobId, String href) {}

    /** Complete backups. */
    @GetMapping
    @Operation(summary = "Lists complete backups, oldest first")
    Page<BackupView> list(
            @RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        String after = paging.after();
        List<BackupView> all = UsableBackups.usable(backups.folder()::list).stream()
                .filter(manifest -> after == null || manifest.id().value().compareTo(after) > 0)
                .map(BackupView::of)
                .toList();
        List<BackupView> page = all.subList(0, Math.min(all.size(), paging.limit()));
        return Page.of(page, page.size() < all.size() ? page.getLast().id() : null);
    }

    /** One backup. */
    @GetMapping("/{id}")
    @Operation(summary = "Shows a complete backup")
    BackupView get(@PathVariable String id) {
        return BackupView.of(backups.find(id));
    }

    /** Makes a backup. */
    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins a job that makes a backup, while clients use the realms")
    BackupReply create(
            Authentication admin,
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable NewBackup body) {
        backups.folder();
        String mode = body == null || body.mode() == null ? "full" : body.mode();
        if (!mode.equals("full")) {
            throw Problem.invalid("mode", "is full: there are no incremental backups");
        }
        Scope scope = body == null ? null : body.scope();
        BackupOrder order = new BackupOrder(BackupId.next(clock.instant()), scope(appId, scope));
        Job job = begin(admin, request, BackupWork.TYPE, order.target());
        return new BackupReply(order.id().value(), job.id(), JobReply.of(job).href());
    }

    private BackupScope scope(@Nullable String appId, @Nullable Scope scope) {
        if (scope == null) {
            return new BackupScope(List.of(), List.of());
        }
        List<String> labels = scope.labels() == null
                ? List.of()
                : scope.labels().stream().map(this::label).toList();
        return new BackupScope(labels, RealmSelection.patterns(parts.apps(), appId, "scope.paths", scope.paths()));
    }

    private String label(@Nullable String label) {
        if (label == null || groups.labels().stream().noneMatch(group -> group.value().equals(label))) {
            throw Problem.invalid("scope.labels", "there is no such group");
        }
        return label;
    }

    /** Checks a backup. */
    @PostMapping("/{id}/verify")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins a job that reads a whole backup and compares it with its hashes")
    JobReply verify(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        Manifest manifest = backups.find(id);
        return JobReply.of(begin(admin, request, VerifyWork.TYPE, manifest.id().value()));
    }

    private Job begin(Authentication admin, ServerHttpRequest request, String type, String target) {
        AuditLog.Entry told =
                parts.audit(AuditEvent.BEGIN_JOB, request, admin).with("type", type).with("target", target);
        return parts.begin(told, admin, type, target);
    }

    /** Removes a backup. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Removes a backup from the disk")
    void delete(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        BackupFolder folder = backups.folder();
        parts.audit(AuditEvent.DELETE_BACKUP, request, admin).with("backup", id).run(line -> {
            // A damaged one, too, can be removed.
            BackupId named = BackupId.named(id);
            if (named == null || !UsableBackups.usable(() -> folder.delete(named))) {
                throw UsableBackups.missing();
            }
            return id;
        });
    }
}
