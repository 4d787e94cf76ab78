// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.core.permission.AccessLevel;
import org.openros.core.permission.Grant;
import org.openros.core.permission.Grants;
import org.openros.core.problem.Dates;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives, takes and lists rights (admin API, section 10). */
@RestController
@RunsIn(CoreService.PERMISSIONS)
@RequestMapping(path = "/permissions", produces = MediaType.APPLICATION_JSON_VALUE)
class PermissionController {
    /** Old clients know no pages. */
    private static final int MAX_ROWS = 10_000;

    private final CallerCheck callers;
    private final Recipients recipients;
    private final Managers managers;
    private final Grants grants;
    private final JsonMapper json;

    PermissionController(
            CallerCheck callers, Recipients recipients, Managers managers, Grants grants, JsonMapper json) {
        this.callers = callers;
        this.recipients = recipients;
        this.managers = managers;
        this.grants = grants;
        this.json = json;
    }

    /** Sets the level of a user, or of everybody. */
    @PostMapping("/apply")
    ObjectNode apply(
            ServerHttpRequest request,
            @RequestBody(required = false) byte @Nullable [] body) {
        Caller caller = callers.of(request);
        RequestJson change = RequestJson.parse(json, body);
        RealmPath path = RealmNames.path(caller, "realmPath", change.text("realmPath"));
        AccessLevel level = change.level("accessLevel");
        managers.require(caller, path);
        int affected =
                switch (recipients.of(caller, change.object("condition"))) {
                    case Recipients.Recipient.One(String userId) -> set(path, userId, level, 1);
                    case Recipients.Recipient.Everybody everybody -> set(path, null, level, -1);
                    case Recipients.Recipient.Nobody nobody -> 0;
                };
        return JsonNodeFactory.instance.objectNode().put("affectedUsers", affected);
    }

    private int set(RealmPath path, @Nullable String user, AccessLevel level, int affected) {
        grants.set(path, user, level);
        return affected;
    }

    /** The grants that concern the caller: its own, those of realms that it manages, or both. */
    @GetMapping
    ObjectNode list(
            ServerHttpRequest request, @RequestParam(required = false) @Nullable String recipient) {
        Caller caller = callers.of(request);
        String whose = recipient == null ? "" : recipient.toLowerCase(Locale.ROOT);
        List<Grant> found =
                switch (whose) {
                    case "", "undefined", "currentuser" -> own(caller);
                    case "otheruser" -> others(caller);
                    case "any" -> {
                        List<Grant> all = new ArrayList<>(own(caller));
                        others(caller).stream().filter(grant -> !all.contains(grant)).forEach(all::add);
                        yield all;
                    }
                    default -> throw Problem.invalid("recipient", "is one of currentUser, otherUser, any");
                };
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = answer.putArray("permissions");
        found.stream()
                .filter(grant -> grant.path().app().equals(caller.app()))
                .limit(MAX_ROWS)
                .forEach(grant -> addRow(rows, grant));
        return answer;
    }

    private List<Grant> own(Caller caller) {
        if (!(caller instanceof Caller.Somebody user)) {
            return List.of();
        }
        List<Grant> own = new ArrayList<>(grants.ofUser(user.userId(), MAX_ROWS));
        own.addAll(grants.ofUser(null, MAX_ROWS));
        return own;
    }

    private List<Grant> others(Caller caller) {
        if (!(caller instanceof Caller.Somebody user)) {
            return List.of();
        }
        List<Grant> others = new ArrayList<>();
        Set<AccessRight> needed = Set.of(AccessRight.MANAGE);
        for (Grant own : grants.ofUser(user.userId(), MAX_ROWS)) {
            if (own.rights().containsAll(needed) && others.size() < MAX_ROWS) {
                grants.ofRealm(own.path(), MAX_ROWS - others.size()).stream()
                        .filter(grant -> !user.userId().equals(grant.user()))
                        .forEach(others::add);
            }
        }
        return others;
    }

    private static void addRow(ArrayNode rows, Grant grant) {
        rows.addObject()
                .put("userId", grant.user())
                .put("path", RealmNames.name(grant.path()))
                .put("accessLevel", grant.level().name().toLowerCase(Locale.ROOT))
                .put("updatedAt", Dates.write(grant.updatedAt()));
    }

    /** For old clients, which asked for a copy of their rights; there are no copies to be made. */
    @GetMapping("/ondemand")
    ObjectNode onDemand(ServerHttpRequest request) {
        Caller caller = callers.of(request);
        return JsonNodeFactory.instance.objectNode()
                .put("userId", caller instanceof Caller.Somebody user ? user.userId() : "__admin")
                .put("affectedPermissionsCount", own(caller).size());
    }
}
