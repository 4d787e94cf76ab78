// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.HistoryEntry;
import org.openros.worker.realm.HistoryNews;
import org.openros.worker.realm.HistoryNews.Position;
import org.openros.worker.realm.Realms;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The changes of one realm for one reader, each when it is committed. Nothing is read ahead of the reader: it costs a
 * position while it is quiet, and a piece of history while it takes that. One that takes nothing for a while is cut off
 * and goes on from the last identifier that it saw.
 */
final class ChangeFeed {
    private static final String END = "end";

    /** A piece of history that is read at once, in bytes of changesets. */
    private static final long PIECE = 64 << 10;

    /** When readers ask again after the end of a feed. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Realms realms;
    private final RealmPath path;
    private final Set<String> classes;
    private final FeedTimes times;
    private volatile Position at;
    /** When the last event was made, by {@link System#nanoTime}. */
    private volatile long spoken = System.nanoTime();

    private ChangeFeed(Realms realms, RealmPath path, Set<String> classes, FeedTimes times, Position at) {
        this.realms = realms;
        this.path = path;
        this.classes = classes;
        this.times = times;
        this.at = at;
    }

    /**
     * How long things take.
     *
     * @param heartbeat a quiet feed says so often that it is there
     * @param patience a reader that takes nothing for so long is cut off; longer than the heartbeat
     */
    record FeedTimes(Duration heartbeat, Duration patience) {
        static final FeedTimes DEFAULT = new FeedTimes(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    /** What there is at a position now, without waiting. */
    static Mono<HistoryNews> look(Realms realms, RealmPath path, @Nullable Position after) {
        return news(realms, path, after, false);
    }

    private static Mono<HistoryNews> news(
            Realms realms, RealmPath path, @Nullable Position after, boolean patient) {
        return Mono.create(sink -> sink.onCancel(realms.watch(path, after, patient, PIECE, sink::success)::run));
    }

    /**
     * The events from a position on.
     *
     * @param classes of interest; empty for all
     */
    static Flux<ServerSentEvent<JsonNode>> from(
            Realms realms, RealmPath path, Position start, Set<String> classes, FeedTimes times) {
        ChangeFeed feed = new ChangeFeed(realms, path, classes, times, start);
        return Flux.just(feed.ready(start))
                .concatWith(feed.events())
                .takeUntil(event -> END.equals(event.event()))
                .timeout(times.patience());
    }

    private Flux<ServerSentEvent<JsonNode>> events() {
        return Mono.defer(this::next).repeat().concatMapIterable(piece -> piece, 1);
    }

    private Mono<List<ServerSentEvent<JsonNode>>> next() {
        return news(realms, path, at, true)
                .timeout(times.heartbeat(), Mono.fromSupplier(() -> new HistoryNews.Entries(List.of(), at)))
                .publishOn(Schedulers.parallel())
                .map(this::events);
    }

    private List<ServerSentEvent<JsonNode>> events(HistoryNews news) {
        return switch (news) {
            case HistoryNews.Entries(List<HistoryEntry> entries, Position through) -> {
                List<ServerSentEvent<JsonNode>> events = new ArrayList<>();
                entries.forEach(entry -> add(entry, events));
                at = through;
                boolean quiet = System.nanoTime() - spoken >= times.heartbeat().toNanos();
                if (events.isEmpty() && (entries.isEmpty() || quiet)) {
                    events.add(heartbeat());
                }
                spoken = events.isEmpty() ? spoken : System.nanoTime();
                yield events;
            }
            case HistoryNews.Gone gone -> List.of(end("the history does not go on from here"));
            case HistoryNews.Unavailable(String reason) -> List.of(end(reason));
        };
    }

    private void add(HistoryEntry entry, List<ServerSentEvent<JsonNode>> events) {
        JsonNode event = ChangeEvent.of(entry, classes);
        if (event != null) {
            Position position = new Position(entry.serverVersion(), entry.salt());
            events.add(ServerSentEvent.<JsonNode>builder(event)
                    .id(EventId.of(position))
                    .event("change")
                    .build());
        }
    }

    private ServerSentEvent<JsonNode> ready(Position position) {
        return ServerSentEvent.<JsonNode>builder(
                        JsonNodeFactory.instance.objectNode().put("version", position.version()))
                .id(EventId.of(position))
                .event("ready")
                .retry(RETRY)
                .build();
    }

    /** Moves the reader's identifier on, too, past changes that are of no interest to it. */
    private ServerSentEvent<JsonNode> heartbeat() {
        return ServerSentEvent.<JsonNode>builder()
                .id(EventId.of(at))
                .comment("nothing new")
                .build();
    }

    private static ServerSentEvent<JsonNode> end(String reason) {
        return ServerSentEvent.<JsonNode>builder(
                        JsonNodeFactory.instance.objectNode().put("reason", reason))
                .event(END)
                .build();
    }
}
