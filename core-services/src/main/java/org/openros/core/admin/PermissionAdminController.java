// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
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

/** What users, and {@code *} for everybody, may do with a realm (admin API, section 15.4). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/realms/{name}/permissions", produces = MediaType.APPLICATION_JSON_VALUE)
final class PermissionAdminController {
    private static final String EVERYBODY = "*";

    private final Grants grants;
    private final Accounts accounts;
    private final AdminParts parts;

    PermissionAdminController(Grants grants, Accounts accounts, AdminParts parts) {
        this.grants = grants;
        this.accounts = accounts;
        this.parts = parts;
    }

    /** What is to be given. */
    record NewPermission(
            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = {"read", "write", "admin"})
            @Nullable String accessLevel) {}

    /** What was given; rules of the configuration are not told. */
    @GetMapping
    @Operation(summary = "Lists what was given of a realm")
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
    @Operation(summary = "Shows what was given of a realm to a user, or to everybody (*)")
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
    @Operation(summary = "Gives a user, or everybody (*), exactly the rights of a level")
    ResponseEntity<PermissionView> put(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String name,
            @PathVariable String userId,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable NewPermission body) {
        RealmPath path = path(appId, name);
        AccessLevel level = Given.level("accessLevel", Given.body(body).accessLevel());
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
    @Operation(summary = "Takes what was given")
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
        parts.audit(AuditEvent.SET_PERMISSION, request, admin)
                .with("realm", path.value())
                .with("user", userId)
                .with("level", level)
                .run(line -> {
                    grants.set(path, user(userId), level, before -> parts.tags()
                            .requireMatch(request, before == null ? null : PermissionView.of(before)));
                    return path;
                });
    }
}
