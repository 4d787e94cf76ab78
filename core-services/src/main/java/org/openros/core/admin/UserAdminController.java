// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserRegistry;
import org.openros.core.account.UserRegistry.Filter;
import org.openros.core.account.UserRegistry.Part;
import org.openros.core.account.UserRegistry.Registered;
import org.openros.core.account.UserStates;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.login.CustomData;
import org.openros.core.permission.Grants;
import org.openros.core.problem.Problem;
import org.openros.domain.AppId;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import static org.openros.core.account.Attempts.untilCommitted;

/** Users (admin API, section 15.3). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/users", produces = MediaType.APPLICATION_JSON_VALUE)
final class UserAdminController {
    private final UserRegistry users;
    private final UserPages pages;
    private final Accounts accounts;
    private final PasswordAccounts passwords;
    private final UserStates states;
    private final Grants grants;
    private final AdminParts parts;
    private final JsonMapper json;

    UserAdminController(
            UserRegistry users,
            Accounts accounts,
            PasswordAccounts passwords,
            UserStates states,
            Grants grants,
            AdminParts parts,
            JsonMapper json) {
        this.users = users;
        this.accounts = accounts;
        this.passwords = passwords;
        this.states = states;
        this.grants = grants;
        this.parts = parts;
        this.json = json;
        pages = new UserPages(users);
    }

    /**
     * A user to be made.
     *
     * @param provider {@code local-userpass}, the default
     * @param providerId the e-mail address
     */
    record NewUser(
            @Nullable String provider,
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String providerId,
            @Schema(requiredMode = RequiredMode.REQUIRED, minLength = 6, maxLength = 1024) @Nullable String password) {
        @Override
        public String toString() {
            return "NewUser[***]";
        }
    }

    /**
     * What is to be changed; what is left out stays.
     *
     * @param customData what the app gets with each access token, 1 KiB at most
     */
    record UserChange(
            @Schema(allowableValues = {"active", "suspended"}) @Nullable String status,
            @Nullable Map<String, Object> customData) {}

    /**
     * Users in the order of their ids; {@code search} is what an id or, within an app, an e-mail address begins with.
     */
    @GetMapping
    @Operation(summary = "Lists users, oldest first; finds them by what their id or, within an app, their "
            + "e-mail address begins with")
    Page<UserView> list(
            Authentication admin,
            @RequestParam(required = false) @Nullable String appId,
            @RequestParam(required = false) @Nullable String search,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Filter filter = new Filter(
                parts.apps().optional(appId),
                provider == null ? null : provider(provider),
                status == null ? null : isSuspended(status));
        boolean withNames = AdminParts.maySeeNames(admin);
        Part part = pages.find(filter, search, Paging.of(limit, cursor), withNames);
        return Page.of(part.users().stream().map(user -> UserView.of(user, withNames)).toList(), part.next());
    }

    private static Provider provider(String name) {
        Provider provider = Provider.named(name);
        if (provider == null) {
            throw Problem.invalid("provider", "there is none called so");
        }
        return provider;
    }

    private static boolean isSuspended(String status) {
        return switch (status) {
            case "suspended" -> true;
            case "active" -> false;
            default -> throw Problem.invalid("status", "is active or suspended");
        };
    }

    /** Makes a user who can log in with {@code providerId}, an e-mail address, and {@code password}. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Makes a user who can log in with an e-mail address and a password")
    ResponseEntity<UserView> create(
            Authentication admin,
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String appId,
            @RequestBody(required = false) @Nullable NewUser body) {
        return parts.idempotent(admin, request, body, UserView.class, () -> {
            NewUser wanted = Given.body(body);
            AppId app = parts.apps().required(appId);
            String name = Given.text("providerId", wanted.providerId());
            String password = Given.text("password", wanted.password());
            if (wanted.provider() != null && provider(wanted.provider()) != Provider.EMAIL_PASSWORD) {
                throw Problem.invalid("provider", "users of other providers are made by their first log-in");
            }
            AuditLog.Entry entry = parts.audit(AuditEvent.CREATE_USER, request, admin).with("app", app);
            return entry.run(line -> {
                String id = passwords.createUser(users, app, name, password);
                if (id == null) {
                    throw Problem.EXISTING_ACCOUNT.exception("the address is taken");
                }
                line.with("user", id);
                return parts.created("/users/" + id, UserView.of(find(id), true));
            });
        });
    }

    /** One user. */
    @GetMapping("/{id}")
    @Operation(summary = "Shows a user")
    ResponseEntity<UserView> get(Authentication admin, @PathVariable String id) {
        return parts.tags().ok(UserView.of(find(id), AdminParts.maySeeNames(admin)));
    }

    private Registered find(String id) {
        Registered found = users.find(id);
        if (found == null) {
            throw Problem.UNKNOWN_USER.exception("there is no such user");
        }
        return found;
    }

    /** Changes {@code status} (suspended: its sessions end), or {@code customData}. */
    @PatchMapping("/{id}")
    @Operation(summary = "Suspends a user, or admits it again, or sets its custom data")
    ResponseEntity<UserView> change(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String id,
            @RequestBody(required = false) @Nullable UserChange body) {
        UserChange wanted = Given.body(body);
        Boolean suspended = wanted.status() == null ? null : isSuspended(wanted.status());
        String customData =
                wanted.customData() == null ? null : CustomData.text(json.valueToTree(wanted.customData()));
        boolean nothing = suspended == null && customData == null;
        boolean exactly = EntityTag.isConditional(request);
        Runnable change = () ->
                apply(request, id, user -> nothing || accounts.change(user, suspended, customData, exactly));
        if (customData != null) {
            change = told(parts.audit(AuditEvent.SET_CUSTOM_DATA, request, admin), id, change);
        }
        if (suspended != null) {
            change = told(
                    parts.audit(AuditEvent.SET_STATUS, request, admin).with("status", wanted.status()), id, change);
        }
        change.run();
        return parts.tags().ok(UserView.of(find(id), true));
    }

    private static Runnable told(AuditLog.Entry line, String id, Runnable change) {
        return () -> line.with("user", id).run(entry -> {
            change.run();
            return id;
        });
    }

    /** The step is refused if the user has changed since it was read; then the condition of the request counts anew. */
    private void apply(ServerHttpRequest request, String id, Predicate<User> step) {
        untilCommitted(() -> {
            Registered found = find(id);
            parts.tags().requireMatch(request, UserView.of(found, true));
            return step.test(found.user()) ? found.user() : null;
        });
        states.forget(id);
    }

    /** Ends all log-ins and sessions of a user, who may log in again. */
    @PostMapping("/{id}/revoke-tokens")
    @Operation(summary = "Ends all log-ins and sessions of a user")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        told(
                        parts.audit(AuditEvent.REVOKE, request, admin),
                        id,
                        () -> apply(request, id, accounts::endAllLogins))
                .run();
    }

    /** Deletes a user; its realms stay. */
    @DeleteMapping("/{id}")
    @Operation(summary = "Deletes a user; its realms stay")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        told(
                        parts.audit(AuditEvent.DELETE_USER, request, admin),
                        id,
                        () -> apply(request, id, user -> accounts.delete(user, true)))
                .run();
    }

    /** What was given to a user, not counting what everybody has. */
    @GetMapping("/{id}/permissions")
    @Operation(summary = "Lists what was given to a user")
    Page<PermissionView> permissions(@PathVariable String id, @RequestParam(defaultValue = "50") int limit) {
        List<PermissionView> all = grants.ofUser(find(id).user().id(), Paging.of(limit, null).limit()).stream()
                .map(PermissionView::of)
                .toList();
        return Page.of(all, null);
    }
}
