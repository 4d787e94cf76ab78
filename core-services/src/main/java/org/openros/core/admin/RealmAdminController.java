// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.RealmType;
import org.openros.core.directory.TrashedRealm;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
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
import tools.jackson.databind.json.JsonMapper;

/** Realms and the trash (admin API, section 15.4). A realm's name is one part of the path, its slashes written {@code %2F}. */
@RestController
@RequestMapping(path = AdminRoutes.V1, produces = MediaType.APPLICATION_JSON_VALUE)
final class RealmAdminController {
    private static final String NAME = "path";
    private static final String TYPE = "realmType";
    private static final String OWNER = "ownerId";

    /** A page ends after so many rows, however few of them are wanted: the work of a request is bounded. */
    private static final int MAX_SCANNED = 5_000;

    private static final int PART = 500;

    private final Directory directory;
    private final AdminParts parts;
    private final JsonMapper json;

    RealmAdminController(Directory directory, AdminParts parts, JsonMapper json) {
        this.directory = directory;
        this.parts = parts;
        this.json = json;
    }

    /** Realms of an app in the order of their paths; a page may have fewer than asked for before the end. */
    @GetMapping("/realms")
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
    ResponseEntity<RealmView> create(
            Authentication admin,
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) byte @Nullable [] body) {
        return parts.idempotent(admin, request, body, RealmView.class, () -> {
            RequestJson wanted = RequestJson.parse(json, body);
            RealmPath path = path(appId, wanted.text(NAME));
            if (present(path) != null) {
                throw Problem.CONFLICT.exception("the realm is there");
            }
            return create(admin, request, path, wanted);
        });
    }

    private ResponseEntity<RealmView> create(
            Authentication admin, ServerHttpRequest request, RealmPath path, RequestJson wanted) {
        RealmNames.requireAllowed(NAME, path);
        RealmType type = wanted.has(TYPE) ? type(wanted) : RealmType.FULL;
        String owner = wanted.has(OWNER) ? wanted.text(OWNER) : null;
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

    private static RealmType type(RequestJson wanted) {
        RealmType type = RealmType.named(wanted.text(TYPE));
        if (type == null) {
            throw Problem.invalid(TYPE, "is full or reference");
        }
        return type;
    }

    /** Makes the realm if it is not there, else gives it the type {@code realmType}. */
    @PutMapping("/realms/{name}")
    ResponseEntity<RealmView> put(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) byte @Nullable [] body) {
        RequestJson wanted = RequestJson.parse(json, body);
        RealmPath path = path(appId, name);
        RealmRow row = present(path);
        parts.tags().requireMatch(request, row == null ? null : RealmView.of(row));
        if (row == null) {
            return create(admin, request, path, wanted);
        }
        if (wanted.has(TYPE) && type(wanted) != row.type()) {
            entry(AuditEvent.CHANGE_REALM, admin, request, path).run(line -> changeType(path, type(wanted)));
        }
        return parts.tags().ok(RealmView.of(existing(path)));
    }

    private RealmPath changeType(RealmPath path, RealmType type) {
        if (!directory.changeType(path, type)) {
            throw Problem.CONFLICT.exception("the realm was changed by others meanwhile: try again");
        }
        return path;
    }

    /** Puts a realm into the trash; its sessions end. */
    @DeleteMapping("/realms/{name}")
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
        parts.tags().requireMatch(request, RealmView.of(existing(path)));
        entry(AuditEvent.DELETE_REALM, admin, request, path).run(line -> {
            if (!directory.delete(path)) {
                throw Problem.REALM_NOT_FOUND.exception("there is no such realm");
            }
            return path;
        });
    }

    /** The realms of an app in the trash, in the order of their paths. */
    @GetMapping("/trash")
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
