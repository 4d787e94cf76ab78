// SPDX-License-Identifier: Apache-2.0
package org.openros.core.user;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.ApiError;
import org.openros.core.http.JsonBody;
import org.openros.core.login.CustomData;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

import static org.openros.core.account.Attempts.untilCommitted;

/** Users as other applications of the installation change them. Each call needs a service token. */
@RestController
@RunsIn(CoreService.AUTH)
@RequestMapping("/internal/v1/users/{user}")
public class UserController {
    private final Accounts accounts;
    private final UserStates states;
    private final AuditLog audit;
    private final JsonMapper json;

    UserController(Accounts accounts, UserStates states, AuditLog audit, JsonMapper json) {
        this.accounts = accounts;
        this.states = states;
        this.audit = audit;
        this.json = json;
    }

    /** The body, a JSON object, is in the user's access tokens from the next one on. */
    @PutMapping("/custom-data")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setCustomData(
            @PathVariable("user") String userId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        String text = CustomData.text(JsonBody.parse(json, body).json());
        audit.entry(AuditEvent.SET_CUSTOM_DATA, request).with("user", userId).run(entry -> {
            requireFound(accounts.setCustomData(userId, text));
            states.forget(userId);
            return userId;
        });
    }

    /** The body is {@code {"status": "suspended"}} or {@code {"status": "active"}}. */
    @PatchMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void setStatus(
            @PathVariable("user") String userId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        String status = JsonBody.parse(json, body).text("status");
        boolean suspended = switch (status) {
            case "suspended" -> true;
            case "active" -> false;
            default -> throw ApiError.BAD_REQUEST.exception("the status is \"active\" or \"suspended\"");
        };
        change(audit.entry(AuditEvent.SET_STATUS, request).with("status", status), userId, user ->
                accounts.setDisabled(user, suspended));
    }

    /** Ends all log-ins of the user, who may log in again. */
    @PostMapping("/revoke")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable("user") String userId, ServerHttpRequest request) {
        change(audit.entry(AuditEvent.REVOKE, request), userId, accounts::endAllLogins);
    }

    private void change(AuditLog.Entry line, String userId, Predicate<User> step) {
        line.with("user", userId).run(entry -> {
            User changed = untilCommitted(() -> changeOnce(userId, step));
            states.forget(userId);
            return changed;
        });
    }

    private @Nullable User changeOnce(String userId, Predicate<User> step) {
        User user = accounts.findUser(userId);
        requireFound(user != null);
        return user != null && step.test(user) ? user : null;
    }

    private static void requireFound(boolean found) {
        if (!found) {
            throw ApiError.NO_USER.exception();
        }
    }
}
