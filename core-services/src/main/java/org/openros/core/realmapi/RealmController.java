// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.RealmSize;
import org.openros.core.directory.RealmSizes;
import org.openros.core.directory.RealmType;
import org.openros.core.directory.Trash;
import org.openros.core.directory.TrashedRealm;
import org.openros.core.permission.AccessLevel;
import org.openros.core.permission.Grants;
import org.openros.core.problem.Dates;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.core.problem.RequestJson;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds, makes, lists and deletes realms (admin API, section 9). */
@RestController
@RunsIn(CoreService.DIRECTORY)
@RequestMapping(path = "/realms", produces = MediaType.APPLICATION_JSON_VALUE)
class RealmController {
    private static final String PATH = "realmPath";
    private static final String TYPE = "realmType";
    private static final int MAX_PAGE = 1000;

    private final CallerCheck callers;
    private final Managers managers;
    private final Directory directory;
    private final RealmSizes sizes;
    private final Trash trash;
    private final Grants grants;
    private final JsonMapper json;

    RealmController(
            CallerCheck callers,
            Managers managers,
            Directory directory,
            RealmSizes sizes,
            Trash trash,
            Grants grants,
            JsonMapper json) {
        this.callers = callers;
        this.managers = managers;
        this.directory = directory;
        this.sizes = sizes;
        this.trash = trash;
        this.grants = grants;
        this.json = json;
    }

    /** A realm; made if it is not there, unless the caller does not want that. */
    @GetMapping("/files/{name}")
    ObjectNode find(
            ServerHttpRequest request,
            @PathVariable String name,
            @RequestParam(defaultValue = "true") String shouldCreate,
            @RequestParam(defaultValue = "full") String realmType,
            @RequestParam(required = false) @Nullable String ownerId,
            @RequestParam(defaultValue = "false") String size) {
        Caller caller = callers.of(request);
        RealmPath path = RealmNames.path(caller, PATH, name);
        boolean create = flag("shouldCreate", shouldCreate);
        RealmType type = type(realmType);
        RealmRow row = directory.find(path);
        if (row != null && !row.isDeleted() && !maySee(caller, row)) {
            row = null;
            create = false;
        }
        if (row == null || row.isDeleted()) {
            row = create ? create(caller, path, type, ownerId) : null;
        }
        if (row != null && row.type() != type && !(caller instanceof Caller.Admin)) {
            throw Problem.INVALID_REALM_TYPE.exception("the realm is of type " + row.type().text());
        }
        ObjectNode answer = answer(path, row);
        if (flag("size", size)) {
            answer.set("size", row == null ? null : size(sizes.of(row)));
        }
        return answer;
    }

    private static ObjectNode size(RealmSize size) {
        Instant lastChange = size.lastChange();
        return JsonNodeFactory.instance.objectNode()
                .put("versions", size.versions())
                .put("history", size.historyBytes())
                .put("stored", size.storedBytes())
                .put("lastChange", lastChange == null ? null : Dates.write(lastChange));
    }

    private boolean maySee(Caller caller, RealmRow row) {
        return (caller instanceof Caller.Somebody user && user.userId().equals(row.owner()))
                || managers.has(caller, row.path(), AccessRight.READ);
    }

    private RealmRow create(Caller caller, RealmPath path, RealmType type, @Nullable String ownerId) {
        RealmNames.requireAllowed(PATH, path);
        switch (caller) {
            case Caller.Admin admin -> {
                return directory.create(path, type, ownerId);
            }
            case Caller.Somebody user -> {
                boolean home = RealmNames.name(path).startsWith("/" + user.userId() + "/");
                boolean foreign = ownerId != null && !ownerId.equals(user.userId());
                if (foreign || !(home || managers.has(user, path, AccessRight.WRITE))) {
                    throw Problem.ACCESS_DENIED.exception("no right to make this realm");
                }
                RealmRow row = directory.create(path, type, user.userId());
                if (home && user.userId().equals(row.owner())) {
                    grants.add(path, user.userId(), AccessLevel.ADMIN);
                }
                return row;
            }
        }
    }

    private static boolean flag(String name, String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Problem.invalid(name, "is true or false");
        };
    }

    private static RealmType type(String text) {
        RealmType type = RealmType.named(text);
        if (type == null) {
            throw Problem.invalid(TYPE, "is full or reference; realms of partial sync are not served");
        }
        return type;
    }

    private static ObjectNode answer(RealmPath path, @Nullable RealmRow row) {
        return JsonNodeFactory.instance.objectNode()
                .put("path", RealmNames.name(path))
                .put("exists", row != null)
                .put(TYPE, (row == null ? RealmType.FULL : row.type()).text())
                .put("syncLabel", row == null ? "" : row.group().value());
    }

    /** Puts a realm into the trash. */
    @DeleteMapping("/files/{name}")
    ObjectNode delete(ServerHttpRequest request, @PathVariable String name) {
        Caller.Admin admin = callers.admin(request);
        RealmPath path = RealmNames.path(admin, PATH, name);
        if (RealmNames.name(path).startsWith("/__")) {
            throw Problem.PROTECTED_REALM.exception("a realm of the server's own");
        }
        if (!directory.delete(path)) {
            throw notFound();
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Changes the type. */
    @PatchMapping("/files/{name}")
    ObjectNode change(
            ServerHttpRequest request,
            @PathVariable String name,
            @RequestBody(required = false) byte @Nullable [] body) {
        Caller.Admin admin = callers.admin(request);
        RealmPath path = RealmNames.path(admin, PATH, name);
        if (!directory.changeType(path, type(RequestJson.parse(json, body).text(TYPE)))) {
            throw notFound();
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private static ProblemException notFound() {
        return Problem.REALM_NOT_FOUND.exception("there is no such realm");
    }

    /** The realms of an app, a page at a time, in the order of their paths. */
    @GetMapping
    ObjectNode list(
            ServerHttpRequest request,
            @RequestParam(defaultValue = "") String prefix,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "false") String size) {
        Caller.Admin admin = callers.admin(request);
        RealmPath start = after == null ? null : RealmNames.path(admin, "after", after);
        int most = Math.clamp(limit, 1, MAX_PAGE);
        List<RealmRow> rows = directory.list(admin.app(), prefix, start, most);
        boolean measured = flag("size", size);
        Map<RealmPath, RealmSize> found = measured ? sizes.of(rows) : Map.of();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode realms = answer.putArray("realms");
        for (RealmRow row : rows) {
            RealmSize known = found.get(row.path());
            ObjectNode json = row(row);
            realms.add(measured ? json.set("size", known == null ? null : size(known)) : json);
        }
        return answer.put("next", rows.size() < most ? null : RealmNames.name(rows.getLast().path()));
    }

    private static ObjectNode row(RealmRow row) {
        return JsonNodeFactory.instance.objectNode()
                .put("path", RealmNames.name(row.path()))
                .put(TYPE, row.type().text())
                .put("owner", row.owner())
                .put("syncLabel", row.group().value())
                .put("incarnation", row.incarnation())
                .put("state", row.isDeleted() ? "deleted" : "active")
                .put("createdAt", Dates.write(row.createdAt()));
    }

    /** The realms in the trash. */
    @GetMapping("/trash")
    ObjectNode trash(
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        Caller.Admin admin = callers.admin(request);
        int size = Math.clamp(limit, 1, MAX_PAGE);
        List<TrashedRealm> found = directory.trash(admin.app(), after, size);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode realms = answer.putArray("realms");
        found.forEach(trashed -> realms.add(row(trashed.row())
                .put("state", "deleted")
                .put("id", trashed.id())
                .put("deletedAt", Dates.write(trashed.deletedAt()))));
        return answer.put("next", found.size() < size ? null : found.getLast().id());
    }

    /** Takes a realm out of the trash: {@code {"id": ...}}. */
    @PostMapping("/trash/restore")
    ObjectNode restore(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        if (!directory.restore(trashed(callers.admin(request), body))) {
            throw Problem.CONFLICT.exception("there is a realm of this path again: delete it first");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Removes a realm of the trash for good, without waiting for its time: {@code {"id": ...}}. */
    @PostMapping("/trash/purge")
    ObjectNode purge(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        if (!trash.purge(trashed(callers.admin(request), body).id())) {
            throw notFound();
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private TrashedRealm trashed(Caller.Admin admin, byte @Nullable [] body) {
        TrashedRealm trashed = directory.findTrashed(RequestJson.parse(json, body).text("id"));
        if (trashed == null || !trashed.row().path().app().equals(admin.app())) {
            throw notFound();
        }
        return trashed;
    }
}
