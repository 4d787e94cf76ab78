// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.User;
import org.openros.core.account.UserRegistry;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.core.realmapi.Caller;
import org.openros.core.realmapi.CallerCheck;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds, makes, changes and deletes users (admin API, section 6). */
@RestController
@RequestMapping(path = "/auth", produces = MediaType.APPLICATION_JSON_VALUE)
class UsersController {
    private static final String USER_ID = "user_id";
    private static final String IS_ADMIN = "is_admin";
    private static final String METADATA = "metadata";
    private static final String STATUS = "status";
    private static final int MAX_PAGE = 500;
    private static final int MAX_KEYS = 64;
    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 4096;

    private final CallerCheck callers;
    private final UserCare users;
    private final AuditLog audit;
    private final JsonMapper json;

    UsersController(CallerCheck callers, UserCare users, AuditLog audit, JsonMapper json) {
        this.callers = callers;
        this.users = users;
        this.audit = audit;
        this.json = json;
    }

    /** The users of the app, a part at a time. */
    @GetMapping("/users")
    ObjectNode list(
            ServerHttpRequest request,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        Caller.Admin admin = callers.admin(request);
        UserRegistry.Part part = users.list(admin.app(), search, after, Math.clamp(limit, 1, MAX_PAGE));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = answer.putArray("users");
        part.users().forEach(user -> rows.add(UserJson.of(user.user())));
        return answer.put("next", part.next());
    }

    @GetMapping("/users/{id}")
    ObjectNode find(ServerHttpRequest request, @PathVariable String id) {
        Caller caller = callers.of(request);
        requireSelfOrAdmin(caller, id);
        User user = users.find(caller.app(), id);
        if (user == null) {
            throw Problem.UNKNOWN_ACCOUNT.exception("there is no such user");
        }
        return UserJson.lookedUp(user);
    }

    /** Nobody can probe for accounts of others: they all look as if they did not exist. */
    @GetMapping("/users/{provider}/{name}")
    ObjectNode find(ServerHttpRequest request, @PathVariable String provider, @PathVariable String name) {
        Caller caller = callers.of(request);
        User user = users.find(caller.app(), provider, name);
        if (user == null || !isSelfOrAdmin(caller, user.id())) {
            throw Problem.UNKNOWN_ACCOUNT.exception("there is no such account");
        }
        return UserJson.lookedUp(user);
    }

    /** Makes the user of an account, or changes it. */
    @PutMapping("/users")
    ObjectNode put(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        Caller.Admin admin = callers.admin(request);
        RequestJson wanted = RequestJson.parse(json, body);
        UserCare.Wanted user = new UserCare.Wanted(
                admin.app(),
                wanted.text("provider"),
                wanted.text("provider_id"),
                wanted.has(USER_ID) ? wanted.text(USER_ID) : null,
                wanted.has(IS_ADMIN) ? flag(wanted.value(IS_ADMIN)) : null,
                wanted.has(METADATA) ? metadata(wanted.object(METADATA).json()) : null);
        return audit.entry(AuditEvent.SET_USER, request)
                .with("app", admin.app())
                .with("by", admin.name())
                .run(entry -> {
                    User done = users.put(user);
                    entry.with("user", done.id());
                    return UserJson.of(done);
                });
    }

    private static boolean flag(JsonNode value) {
        if (!value.isBoolean()) {
            throw Problem.invalid(IS_ADMIN, "is true or false");
        }
        return value.booleanValue();
    }

    private static Map<String, String> metadata(JsonNode object) {
        if (object.size() > MAX_KEYS) {
            throw Problem.invalid(METADATA, "has more than " + MAX_KEYS + " keys");
        }
        Map<String, String> metadata = new HashMap<>();
        object.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            String text = value.isValueNode() && !value.isNull() ? value.asString() : null;
            if (entry.getKey().isEmpty() || entry.getKey().length() > MAX_KEY || text == null
                    || text.length() > MAX_VALUE) {
                throw Problem.invalid(METADATA,
                        "keys have 1 to " + MAX_KEY + " characters, values are texts, numbers or"
                        + " booleans of " + MAX_VALUE + " at most");
            }
            metadata.put(entry.getKey(), text);
        });
        return metadata;
    }

    /** Suspends a user, or admits the user again. */
    @PatchMapping("/users/{id}")
    ObjectNode change(
            ServerHttpRequest request,
            @PathVariable String id,
            @RequestBody(required = false) byte @Nullable [] body) {
        Caller.Admin admin = callers.admin(request);
        String status = RequestJson.parse(json, body).text(STATUS);
        boolean suspended = switch (status) {
            case "suspended" -> true;
            case "active" -> false;
            default -> throw Problem.invalid(STATUS, "is active or suspended");
        };
        return audit.entry(AuditEvent.SET_STATUS, request)
                .with("user", id)
                .with("status", status)
                .with("by", admin.name())
                .run(entry -> UserJson.of(users.setSuspended(admin.app(), id, suspended)));
    }

    /** Deletes a user with all rights and accounts; realms in the user's home go to the trash. */
    @DeleteMapping({"/users/{id}", "/user/{id}"})
    ObjectNode delete(ServerHttpRequest request, @PathVariable String id) {
        Caller caller = callers.of(request);
        requireSelfOrAdmin(caller, id);
        return audit.entry(AuditEvent.DELETE_USER, request).with("user", id).run(entry -> {
            users.delete(caller.app(), id);
            return JsonNodeFactory.instance.objectNode();
        });
    }

    private static void requireSelfOrAdmin(Caller caller, String userId) {
        if (!isSelfOrAdmin(caller, userId)) {
            throw Problem.ACCESS_DENIED.exception("another user");
        }
    }

    private static boolean isSelfOrAdmin(Caller caller, String userId) {
        return switch (caller) {
            case Caller.Admin admin -> true;
            case Caller.Somebody user -> user.userId().equals(userId);
        };
    }
}
