// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.audit.AuditEvent;
import org.openros.core.livesession.LiveSession;
import org.openros.core.livesession.LiveSessions;
import org.openros.core.livesession.LiveSessions.Part;
import org.openros.core.problem.Dates;
import org.openros.core.problem.Problem;
import org.openros.core.realmapi.RealmNames;
import org.openros.domain.RealmPath;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Open sync sessions (admin API, section 15.5). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/sessions", produces = MediaType.APPLICATION_JSON_VALUE)
final class SessionAdminController {
    private final LiveSessions sessions;
    private final AdminParts parts;

    SessionAdminController(LiveSessions sessions, AdminParts parts) {
        this.sessions = sessions;
        this.parts = parts;
    }

    /** An open session. */
    record SessionView(String id, String gateway, String appId, String path, String userId, String connectedAt) {
        static SessionView of(LiveSession session) {
            return new SessionView(
                    Paging.cursor(key(session)),
                    session.gateway().toString(),
                    session.path().app().value(),
                    RealmNames.name(session.path()),
                    session.userId(),
                    Dates.write(session.since()));
        }

        private static String key(LiveSession session) {
            return session.number() + " " + session.gateway();
        }
    }

    /**
     * A part of the list.
     *
     * @param unreachable gateways whose sessions are missing
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record SessionPage(List<SessionView> items, @Nullable String nextCursor, List<String> unreachable) {}

    /** A session by its id. */
    private record Address(URI gateway, long number) {
        static Address of(String parameter, String id) {
            String key = String.valueOf(Paging.of(1, id).after());
            int blank = key.indexOf(' ');
            try {
                long number = Long.parseLong(key.substring(0, Math.max(0, blank)));
                return new Address(URI.create(key.substring(blank + 1)), number);
            } catch (IllegalArgumentException e) {
                throw Problem.invalid(parameter, "is not one that this server gave");
            }
        }
    }

    /** Sessions by gateway, oldest first. */
    @GetMapping
    @Operation(summary = "Lists open sync sessions, of a realm or a user if one is named")
    SessionPage list(
            @RequestParam(required = false) @Nullable String appId,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String user,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int size = Paging.of(limit, null).limit();
        RealmPath realm = path == null ? null : RealmNames.path(parts.apps().required(appId), "path", path);
        Address after = cursor == null ? null : Address.of("cursor", cursor);
        Part part = sessions.list(
                realm, user, after == null ? null : after.gateway(), after == null ? 0 : after.number(), size);
        LiveSession last = part.last();
        return new SessionPage(
                part.sessions().stream().map(SessionView::of).toList(),
                last == null ? null : SessionView.of(last).id(),
                part.unreachable().stream().map(URI::toString).toList());
    }

    /** Ends a session. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Ends a session; its client comes back in a second, unless it may not any more")
    void end(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        Address session = Address.of("id", id);
        parts.audit(AuditEvent.END_SESSION, request, admin)
                .with("gateway", session.gateway())
                .with("session", session.number())
                .run(line -> switch (sessions.end(session.gateway(), session.number())) {
                    case ENDED -> id;
                    case NONE -> throw Problem.NO_RESOURCE.exception("there is no such session");
                    case UNKNOWN -> throw Problem.SERVICE_UNAVAILABLE.exception("the gateway does not answer");
                });
    }
}
