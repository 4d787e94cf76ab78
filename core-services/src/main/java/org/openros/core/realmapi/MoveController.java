// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.RealmMove;
import org.openros.core.directory.RealmMoves;
import org.openros.core.problem.Dates;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.core.problem.RequestJson;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
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

/** Moves realms to other groups (admin API, section 18.6). */
@RestController
@RunsIn(CoreService.DIRECTORY)
@RequestMapping(path = "/realms/moves", produces = MediaType.APPLICATION_JSON_VALUE)
class MoveController {
    private static final String PATH = "realmPath";
    private static final int MAX_PAGE = 1000;

    private final CallerCheck callers;
    private final RealmMoves moves;
    private final JsonMapper json;

    MoveController(CallerCheck callers, RealmMoves moves, JsonMapper json) {
        this.callers = callers;
        this.moves = moves;
        this.json = json;
    }

    /** Starts a move: {@code {"realmPath", "syncLabel"}}; the answer tells its id. */
    @PostMapping
    ObjectNode start(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        Caller.Admin admin = callers.admin(request);
        RequestJson wish = RequestJson.parse(json, body);
        RealmPath path = RealmNames.path(admin, PATH, wish.text(PATH));
        try {
            RealmMove move = moves.start(path, new GroupId(wish.text("syncLabel")));
            if (move == null) {
                throw Problem.CONFLICT.exception("there is no such realm, or it is being moved or changed");
            }
            return json(move);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("syncLabel", String.valueOf(e.getMessage()));
        }
    }

    /** The moves of the last days in the order of their start. */
    @GetMapping
    ObjectNode list(
            ServerHttpRequest request,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        Caller.Admin admin = callers.admin(request);
        int size = Math.clamp(limit, 1, MAX_PAGE);
        List<RealmMove> found = moves.list(after, size);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode listed = answer.putArray("moves");
        found.stream().filter(move -> isOf(admin, move)).forEach(move -> listed.add(json(move)));
        return answer.put("next", found.size() < size ? null : found.getLast().id());
    }

    /** How far a move is. */
    @GetMapping("/{id}")
    ObjectNode find(ServerHttpRequest request, @PathVariable String id) {
        return json(require(callers.admin(request), id));
    }

    /** Lets the realm stay where it is. */
    @PostMapping("/{id}/cancel")
    ObjectNode cancel(ServerHttpRequest request, @PathVariable String id) {
        RealmMove move = require(callers.admin(request), id);
        if (!moves.cancel(move.id())) {
            throw Problem.CONFLICT.exception("the move cannot be cancelled any more");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private RealmMove require(Caller.Admin admin, String id) {
        RealmMove move = moves.find(id);
        if (move == null || !isOf(admin, move)) {
            throw noSuchMove();
        }
        return move;
    }

    private static ProblemException noSuchMove() {
        return Problem.NO_RESOURCE.exception("there is no such move");
    }

    private static boolean isOf(Caller.Admin admin, RealmMove move) {
        return move.path().app().equals(admin.app());
    }

    private static ObjectNode json(RealmMove move) {
        Instant ended = move.endedAt();
        return JsonNodeFactory.instance.objectNode()
                .put("id", move.id())
                .put("path", RealmNames.name(move.path()))
                .put("from", move.source().value())
                .put("to", move.target().value())
                .put("state", move.state().name().toLowerCase(Locale.ROOT))
                .put("copied", move.copied())
                .put("size", move.size())
                .put("startedAt", Dates.write(move.startedAt()))
                .put("endedAt", ended == null ? null : Dates.write(ended))
                .put("error", move.error());
    }
}
