// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.worker.object.ChangeFeed.FeedTimes;
import org.openros.worker.realm.HistoryNews;
import org.openros.worker.realm.HistoryNews.Position;
import org.openros.worker.realm.Realms;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The feed of changes of a realm, as server-sent events. */
@RestController
@RequestMapping("/internal/v1/data")
final class FeedController {
    private static final int MOST_FEEDS = 500;
    private static final int MOST_CLASSES = 100;

    private final RealmCalls realms;
    private final AtomicInteger feeds = new AtomicInteger();

    FeedController(RealmCalls realms) {
        this.realms = realms;
    }

    /**
     * The changes behind an event; from the present on if none is named. 410 if the history does not go on from there.
     *
     * @param since an identifier or a version; for the first call, later ones have the header
     */
    @GetMapping("/changes")
    Mono<ResponseEntity<Flux<ServerSentEvent<JsonNode>>>> changes(
            @RequestParam String realm,
            @RequestParam(name = "class", required = false) @Nullable List<String> classes,
            @RequestParam(required = false) @Nullable String since,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        RealmPath path = RealmCalls.path(realm);
        Position after = after(since, last);
        Set<String> wanted = classes == null ? Set.of() : Set.copyOf(classes);
        if (wanted.size() > MOST_CLASSES) {
            throw Problem.invalid("class", "more than " + MOST_CLASSES);
        }
        Realms present = realms.realms();
        return ChangeFeed.look(present, path, after)
                .flatMap(news -> start(present, path, after, news))
                .map(start -> reply(ChangeFeed.from(present, path, start, wanted, FeedTimes.DEFAULT)));
    }

    private static @Nullable Position after(@Nullable String since, @Nullable String last) {
        if (last != null && !last.isBlank()) {
            return EventId.parse("Last-Event-ID", last);
        }
        return since == null ? null : EventId.parse("since", since);
    }

    private static Mono<Position> start(Realms present, RealmPath path, @Nullable Position after, HistoryNews news) {
        return switch (news) {
            case HistoryNews.Entries entries -> Mono.just(after == null ? entries.through() : after);
            case HistoryNews.Unavailable(String reason) -> Mono.error(Problem.UNAVAILABLE.exception(reason));
            case HistoryNews.Gone(Position head) -> Mono.create(sink -> present.confirmLeadership(master -> sink.error(
                    master ? gone(head)
                    : Problem.UNAVAILABLE.exception("this worker is not the master of its group"))));
        };
    }

    private static ProblemException gone(Position head) {
        return Problem.HISTORY_GONE.exception("the history does not go on from there: read the objects anew, and then"
                + " the changes since " + EventId.of(head));
    }

    private ResponseEntity<Flux<ServerSentEvent<JsonNode>>> reply(Flux<ServerSentEvent<JsonNode>> events) {
        if (feeds.incrementAndGet() > MOST_FEEDS) {
            feeds.decrementAndGet();
            throw Problem.UNAVAILABLE.exception("there are " + MOST_FEEDS + " feeds at this worker already");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(events.doFinally(end -> feeds.decrementAndGet()));
    }
}
