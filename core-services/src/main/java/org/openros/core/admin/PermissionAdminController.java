// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.User;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.permission.AccessLevel;
import org.openros.core.permission.Grant;
import org.openros.core.permission.Grants;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.core.realmapi.RealmNames;
import org.openros.domain.RealmPath;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What users, and {@code *} for everybody, may do with a realm (admin API, section 15.4). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/realms/{name}/permissions", produces = MediaType.APPLICATION_JSON_VALUE)
final class PermissionAdminController {
    private static final String EVERYBODY = "*";

    private final Grants grants;
    private final Accounts accounts;
    private final AdminParts parts;
    private final JsonMapper json;

    PermissionAdminController(Grants grants, Accounts accounts, AdminParts parts, JsonMapper json) {
        this.grants = grants;
        this.accounts = accounts;
        this.parts = parts;
        this.json = json;
    }

    /** What was given; rules of the configuration are not told. */
    @GetMapping
    Page<PermissionView> list(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String appId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        List<Grant> found = grants.ofRealm(path(appId, name), paging.after(), paging.limit());
        return Page.of(
                found.stream().map(PermissionView::of).toList(),
                found.size() < paging.limit() ? null : name(found.getLast().user()));
    }

    private RealmPath path(@Nullable String appId, String name) {
        return RealmNames.path(parts.apps().required(appId), "path", name);
    }

    private static String name(@Nullable String userId) {
        return userId == null ? EVERYBODY : userId;
    }

    private static @Nullable String user(String name) {
        return name.equals(EVERYBODY) ? null : name;
    }

    /** What was given to one user, or to everybody. */
    @GetMapping("/{userId}")
    ResponseEntity<PermissionView> get(
            @PathVariable String name,
            @PathVariable String userId,
            @RequestParam(required = false) @Nullable String appId) {
        Grant grant = grants.get(path(appId, name), user(userId));
        if (grant == null) {
            throw Problem.NO_RESOURCE.exception("nothing was given");
        }
        return parts.tags().ok(PermissionView.of(grant));
    }

    /** Gives exactly the rights of {@code accessLevel}: {@code read}, {@code write} or {@code admin}. */
    @PutMapping("/{userId}")
    ResponseEntity<PermissionView> put(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @PathVariable String userId,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) byte @Nullable [] body) {
        RealmPath path = path(appId, name);
        AccessLevel level = RequestJson.parse(json, body).level("accessLevel");
        if (level == AccessLevel.NONE) {
            throw Problem.invalid("accessLevel", "is one of read, write, admin; DELETE takes all rights");
        }
        requireUser(path, userId);
        set(admin, request, path, userId, level);
        return get(name, userId, appId);
    }

    private void requireUser(RealmPath path, String userId) {
        User user = userId.equals(EVERYBODY) ? null : accounts.findUser(userId);
        if (!userId.equals(EVERYBODY) && (user == null || !user.app().equals(path.app()))) {
            throw Problem.UNKNOWN_USER.exception("the app of the realm has no such user");
        }
    }

    /** Takes what was given. */
    @DeleteMapping("/{userId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @PathVariable String userId,
            @RequestParam(required = false) @Nullable String appId) {
        set(admin, request, path(appId, name), userId, AccessLevel.NONE);
    }

    private void set(
            Authentication admin, ServerHttpRequest request, RealmPath path, String userId, AccessLevel level) {
        Grant before = grants.get(path, user(userId));
        parts.tags().requireMatch(request, before == null ? null : PermissionView.of(before));
        parts.audit(AuditEvent.SET_PERMISSION, request, admin)
                .with("realm", path.value())
                .with("user", userId)
                .with("level", level)
                .run(line -> {
                    grants.set(path, user(userId), level);
                    return path;
                });
    }
}
