// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Offers rights to whoever gets to know a token (admin API, section 10.4). */
@RestController
@RunsIn(CoreService.PERMISSIONS)
@RequestMapping(path = "/permissions/offers", produces = MediaType.APPLICATION_JSON_VALUE)
class OfferController {
    private static final String ADMIN = "__admin";

    private final CallerCheck callers;
    private final Managers managers;
    private final Grants grants;
    private final Offers offers;
    private final Clock clock;
    private final JsonMapper json;

    OfferController(
            CallerCheck callers, Managers managers, Grants grants, Offers offers, Clock clock, JsonMapper json) {
        this.callers = callers;
        this.managers = managers;
        this.grants = grants;
        this.offers = offers;
        this.clock = clock;
        this.json = json;
    }

    @PostMapping
    ObjectNode make(ServerHttpRequest request, @RequestBody(required = false) byte @Nullable [] body) {
        Caller caller = callers.of(request);
        RequestJson wanted = RequestJson.parse(json, body);
        RealmPath path = RealmNames.path(caller, "realmPath", wanted.text("realmPath"));
        AccessLevel level = wanted.level("accessLevel");
        if (level == AccessLevel.NONE) {
            throw Problem.invalid("accessLevel", "is one of read, write, admin");
        }
        Instant end = wanted.has("expiresAt") ? Dates.read("expiresAt", wanted.value("expiresAt")) : null;
        if (end != null && !end.isAfter(clock.instant())) {
            throw Problem.invalid("expiresAt", "is in the past");
        }
        managers.require(caller, path);
        return answer(offers.make(path, level, name(caller), end));
    }

    @GetMapping
    ObjectNode list(ServerHttpRequest request) {
        Caller caller = callers.of(request);
        Instant now = clock.instant();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("offers");
        offers.of(name(caller)).stream()
                .filter(offer -> offer.path().app().equals(caller.app()))
                .sorted(Comparator.comparing((Offer offer) -> offer.isExpired(now))
                        .thenComparing(Offer::createdAt))
                .forEach(offer -> list.add(answer(offer)));
        return answer;
    }

    /** Adds the rights of the offer to those of the caller. */
    @PostMapping("/{token}/accept")
    ObjectNode accept(ServerHttpRequest request, @PathVariable String token) {
        Caller caller = callers.of(request);
        Offer offer = find(caller, token);
        if (offer.isExpired(clock.instant())) {
            throw Problem.EXPIRED_PERMISSION_OFFER.exception("the offer has expired");
        }
        Caller creator = offer.creator().equals(ADMIN)
                ? new Caller.Admin(ADMIN, caller.app())
                : callers.again(offer.creator(), caller.app());
        if (!managers.has(creator, offer.path(), AccessRight.MANAGE)) {
            throw unknown();
        }
        if (caller instanceof Caller.Somebody user && !user.userId().equals(offer.creator())) {
            grants.add(offer.path(), user.userId(), offer.level());
        }
        return path(offer);
    }

    /** What was given by the offer stays. */
    @DeleteMapping("/{token}")
    ObjectNode withdraw(ServerHttpRequest request, @PathVariable String token) {
        Caller caller = callers.of(request);
        Offer offer = find(caller, token);
        boolean mayDoSo = caller instanceof Caller.Admin || offer.creator().equals(name(caller));
        if (!mayDoSo) {
            throw Problem.ACCESS_DENIED.exception("only who made the offer may do that");
        }
        offers.withdraw(offer);
        return path(offer);
    }

    private Offer find(Caller caller, String token) {
        Offer offer = offers.find(token);
        if (offer == null || !offer.path().app().equals(caller.app())) {
            throw unknown();
        }
        return offer;
    }

    private static ProblemException unknown() {
        return Problem.invalid("token", "there is no such offer");
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case Caller.Admin admin -> Objects.requireNonNullElse(admin.userId(), ADMIN);
            case Caller.Somebody user -> user.userId();
        };
    }

    private static ObjectNode path(Offer offer) {
        return JsonNodeFactory.instance.objectNode().put("path", RealmNames.name(offer.path()));
    }

    private static ObjectNode answer(Offer offer) {
        Instant end = offer.expiresAt();
        return JsonNodeFactory.instance.objectNode()
                .put("realmPath", RealmNames.name(offer.path()))
                .put("accessLevel", offer.level().name().toLowerCase(Locale.ROOT))
                .put("expiresAt", end == null ? null : Dates.write(end))
                .put("createdAt", Dates.write(offer.createdAt()))
                .put("userId", offer.creator())
                .put("token", offer.token());
    }
}
