// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.RealmType;
import org.openros.core.directory.TrashedRealm;
import org.openros.core.problem.Problem;
import org.openros.core.realmapi.RealmNames;
import org.openros.domain.AppId;
import org.openros.domain.RealmPath;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import static org.openros.core.account.Attempts.untilCommitted;

/**
 * Realms and the trash (admin API, section 15.4). A realm's name is one part of the path, its slashes written
 * {@code %2F}.
 */
@RestController
@RequestMapping(path = AdminRoutes.V1, produces = MediaType.APPLICATION_JSON_VALUE)
final class RealmAdminController {
    private static final String NAME = "path";
    private static final String TYPE = "realmType";

    /** A page ends after so many rows, however few of them are wanted: the work of a request is bounded. */
    private static final int MAX_SCANNED = 5_000;

    private static final int PART = 500;

    private final Directory directory;
    private final AdminParts parts;

    RealmAdminController(Directory directory, AdminParts parts) {
        this.directory = directory;
        this.parts = parts;
    }

    /**
     * A realm to be made.
     *
     * @param path its name
     * @param realmType default {@code full}
     * @param ownerId a user; default nobody
     */
    record NewRealm(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String path,
            @Schema(allowableValues = {"full", "reference"}) @Nullable String realmType,
            @Nullable String ownerId) {}

    /**
     * What a realm is to be.
     *
     * @param realmType default: as it is, {@code full} for a new one
     * @param ownerId of a new one; that of one that is there stays
     */
    record RealmChange(
            @Schema(allowableValues = {"full", "reference"}) @Nullable String realmType, @Nullable String ownerId) {}

    /** Realms of an app in the order of their paths; a page may have fewer than asked for before the end. */
    @GetMapping("/realms")
    @Operation(summary = "Lists the realms of an app in the order of their paths; a page may have fewer "
            + "than asked for before the end")
    Page<RealmView> list(
            @RequestParam(required = false) @Nullable String appId,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String label,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        AppId app = parts.apps().required(appId);
        Paging paging = Paging.of(limit, cursor);
        RealmPath last = paging.after() == null ? null : RealmNames.path(app, "cursor", paging.after());
        List<RealmView> found = new ArrayList<>();
        for (int scanned = 0; scanned < MAX_SCANNED; scanned += PART) {
            List<RealmRow> rows = directory.list(app, prefix, last, PART);
            for (RealmRow row : rows) {
                last = row.path();
                RealmView view = RealmView.of(row);
                if (fits(view.owner(), owner) && fits(view.label(), label) && fits(view.state(), state)) {
                    found.add(view);
                }
                if (found.size() == paging.limit()) {
                    return Page.of(found, RealmNames.name(row.path()));
                }
            }
            if (rows.size() < PART) {
                return Page.of(found, null);
            }
        }
        return Page.of(found, last == null ? null : RealmNames.name(last));
    }

    private static boolean fits(@Nullable String value, @Nullable String wanted) {
        return wanted == null || wanted.equals(value);
    }

    /** One realm. */
    @GetMapping("/realms/{name}")
    @Operation(summary = "Shows a realm")
    ResponseEntity<RealmView> get(
            @PathVariable String name, @RequestParam(required = false) @Nullable String appId) {
        return parts.tags().ok(RealmView.of(existing(path(appId, name))));
    }

    private RealmPath path(@Nullable String appId, String name) {
        return RealmNames.path(parts.apps().required(appId), NAME, name);
    }

    private RealmRow existing(RealmPath path) {
        RealmRow row = present(path);
        if (row == null) {
            throw Problem.REALM_NOT_FOUND.exception("there is no such realm");
        }
        return row;
    }

    private @Nullable RealmRow present(RealmPath path) {
        RealmRow row = directory.find(path);
        return row == null || row.isDeleted() ? null : row;
    }

    /** Makes the realm {@code path}; it is refused if it is there. */
    @PostMapping("/realms")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Makes a realm")
    ResponseEntity<RealmView> create(
            Authentication admin,
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable NewRealm body) {
        return parts.idempotent(admin, request, body, RealmView.class, () -> {
            NewRealm wanted = Given.body(body);
            RealmPath path = path(appId, Given.text(NAME, wanted.path()));
            if (present(path) != null) {
                throw Problem.CONFLICT.exception("the realm is there");
            }
            return create(admin, request, path, wanted.realmType(), wanted.ownerId());
        });
    }

    private ResponseEntity<RealmView> create(
            Authentication admin,
            ServerHttpRequest request,
            RealmPath path,
            @Nullable String realmType,
            @Nullable String owner) {
        RealmNames.requireAllowed(NAME, path);
        RealmType type = realmType == null ? RealmType.FULL : type(realmType);
        RealmRow row = entry(AuditEvent.CREATE_REALM, admin, request, path)
                .run(line -> directory.create(path, type, owner));
        return parts.created("/realms/" + encoded(RealmNames.name(path)), RealmView.of(row));
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private AuditLog.Entry entry(
            AuditEvent event, Authentication admin, ServerHttpRequest request, RealmPath path) {
        return parts.audit(event, request, admin).with("realm", path.value());
    }

    private static RealmType type(String name) {
        RealmType type = RealmType.named(name);
        if (type == null) {
            throw Problem.invalid(TYPE, "is full or reference");
        }
        return type;
    }

    /** Makes the realm if it is not there, else gives it the type {@code realmType}. */
    @PutMapping("/realms/{name}")
    @Operation(summary = "Makes a realm, or changes its type")
    @ApiResponse(responseCode = "200", description = "it was there")
    @ApiResponse(responseCode = "201", description = "it was made")
    ResponseEntity<RealmView> put(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable RealmChange body) {
        RealmChange wanted = body == null ? new RealmChange(null, null) : body;
        RealmPath path = path(appId, name);
        RealmRow row = present(path);
        parts.tags().requireMatch(request, row == null ? null : RealmView.of(row));
        if (row == null) {
            return create(admin, request, path, wanted.realmType(), wanted.ownerId());
        }
        RealmType type = wanted.realmType() == null ? row.type() : type(wanted.realmType());
        if (type != row.type()) {
            entry(AuditEvent.CHANGE_REALM, admin, request, path)
                    .run(line -> apply(request, path, seen -> directory.changeType(seen, type)));
        }
        return parts.tags().ok(RealmView.of(existing(path)));
    }

    /**
     * The step is refused if the realm has changed since it was read; then the condition of the request counts anew.
     */
    private RealmRow apply(ServerHttpRequest request, RealmPath path, Predicate<RealmRow> step) {
        return untilCommitted(() -> {
            RealmRow row = existing(path);
            parts.tags().requireMatch(request, RealmView.of(row));
            return step.test(row) ? row : null;
        });
    }

    /** Puts a realm into the trash; its sessions end. */
    @DeleteMapping("/realms/{name}")
    @Operation(summary = "Puts a realm into the trash; its sessions end")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String appId) {
        RealmPath path = path(appId, name);
        if (name.startsWith("/__")) {
            throw Problem.PROTECTED_REALM.exception("a realm of the server's own");
        }
        entry(AuditEvent.DELETE_REALM, admin, request, path)
                .run(line -> apply(request, path, row -> directory.delete(row)));
    }

    /** The realms of an app in the trash, in the order of their paths. */
    @GetMapping("/trash")
    @Operation(summary = "Lists the realms of an app in the trash")
    Page<RealmView> trash(
            @RequestParam(required = false) @Nullable String appId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        List<TrashedRealm> found = directory.trash(parts.apps().required(appId), paging.after(), paging.limit());
        return Page.of(
                found.stream().map(RealmView::of).toList(),
                found.size() < paging.limit() ? null : found.getLast().id());
    }

    /** Takes a realm out of the trash. */
    @PostMapping("/trash/{trashId}/restore")
    @Operation(summary = "Takes a realm out of the trash")
    RealmView restore(Authentication admin, ServerHttpRequest request, @PathVariable String trashId) {
        TrashedRealm trashed = directory.findTrashed(String.valueOf(Paging.of(1, trashId).after()));
        if (trashed == null) {
            throw Problem.NO_RESOURCE.exception("there is no such realm in the trash");
        }
        RealmPath path = trashed.row().path();
        entry(AuditEvent.RESTORE_REALM, admin, request, path).run(line -> {
            if (!directory.restore(trashed)) {
                throw Problem.CONFLICT.exception("there is a realm of this path again: delete it first");
            }
            return path;
        });
        return RealmView.of(existing(path));
    }
}
