// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.worker.object.ChangeFeed.FeedTimes;
import org.openros.worker.realm.HistoryNews;
import org.openros.worker.realm.HistoryNews.Position;
import org.reactivestreams.Subscription;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a reader of the feed gets. */
final class ChangeFeedTest {
    private static final FeedTimes PATIENT = new FeedTimes(Duration.ofSeconds(5), Duration.ofSeconds(10));

    private final DataRealm realm = new DataRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    /** Takes as many events as the test asks for. */
    private static final class Reader extends BaseSubscriber<ServerSentEvent<JsonNode>> {
        final BlockingQueue<ServerSentEvent<JsonNode>> events = new LinkedBlockingQueue<>();
        final CompletableFuture<Boolean> end = new CompletableFuture<>();
        private final long first;

        Reader(long first) {
            this.first = first;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            if (first > 0) {
                request(first);
            }
        }

        @Override
        protected void hookOnNext(ServerSentEvent<JsonNode> event) {
            events.add(event);
        }

        @Override
        protected void hookOnComplete() {
            end.complete(true);
        }

        @Override
        protected void hookOnError(Throwable failure) {
            end.completeExceptionally(failure);
        }

        ServerSentEvent<JsonNode> next() throws InterruptedException {
            return Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS), "no event came");
        }

        /** The next event that is about a change. */
        JsonNode change() throws InterruptedException {
            ServerSentEvent<JsonNode> event = next();
            assertThat(event.event()).isEqualTo("change");
            return Objects.requireNonNull(event.data());
        }
    }

    private Reader read(Position from, FeedTimes times, long first, String... classes) {
        Reader reader = new Reader(first);
        ChangeFeed.from(realm.realms, DataRealm.PATH, from, Set.of(classes), times).subscribe(reader);
        return reader;
    }

    private void put(String table, String key, String object) {
        JsonNode json = OperationReader.object(object.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        run(new Operation.Put(table, new KeySource.Text(key), json));
    }

    private void run(Operation operation) {
        assertThat(realm.edit(new Change(List.of(), List.of(operation), true, null)).getStatusCode().is2xxSuccessful())
                .isTrue();
    }

    private Position head() {
        HistoryNews news = ChangeFeed.look(realm.realms, DataRealm.PATH, null).block(Duration.ofSeconds(10));
        return ((HistoryNews.Entries) Objects.requireNonNull(news)).through();
    }

    @Test
    void changesComeOneAfterTheOtherWhenTheyAreMade() throws Exception {
        Reader reader = read(head(), PATIENT, Long.MAX_VALUE);
        assertThat(reader.next().event()).isEqualTo("ready");
        put("Dog", "rex", "{'name': 'Rex'}");
        JsonNode created = reader.change();
        assertThat(created.path("changes").toString())
                .isEqualTo("[{\"class\":\"Dog\",\"key\":\"rex\",\"effect\":\"created\",\"set\":{\"name\":\"Rex\"}}]");
        assertThat(created.path("origin").stringValue()).isEqualTo("server");
        put("Item", "1", "{'i': 1, 'd': 1, 'ints': [1]}");
        assertThat(reader.change().path("changes").toString())
                .contains("\"set\":{\"d\":{\"$numberDouble\":\"1.0\"},\"i\":1},\"changed\":[\"ints\"]");
        run(new Operation.Increment("Item", new KeySource.Text("1"), "i", 1));
        assertThat(reader.change().path("changes").get(0).path("changed").toString()).isEqualTo("[\"i\"]");
        run(new Operation.Delete("Item", new KeySource.Text("1"), true));
        assertThat(reader.change().path("changes").toString())
                .isEqualTo("[{\"class\":\"Item\",\"key\":\"1\",\"effect\":\"deleted\"}]");
    }

    @Test
    void readerGoesOnFromTheEventThatItSawLast() throws Exception {
        Reader first = read(head(), PATIENT, Long.MAX_VALUE);
        first.next();
        put("Dog", "a", "{}");
        String seen = Objects.requireNonNull(first.next().id());
        first.cancel();
        put("Dog", "b", "{}");
        put("Dog", "c", "{}");
        Reader second = read(EventId.parse("id", seen), PATIENT, Long.MAX_VALUE);
        second.next();
        assertThat(second.change().path("changes").get(0).path("key").stringValue()).isEqualTo("b");
        assertThat(second.change().path("changes").get(0).path("key").stringValue()).isEqualTo("c");
    }

    @Test
    void historyCanBeReadFromItsBeginning() throws Exception {
        Reader reader = read(new Position(0, 0), PATIENT, Long.MAX_VALUE);
        reader.next();
        assertThat(reader.change().path("schemaChanged").booleanValue()).isTrue();
    }

    @Test
    void otherClassesAreNotToldButTheIdentifierMovesOn() throws Exception {
        FeedTimes times = new FeedTimes(Duration.ofMillis(200), Duration.ofSeconds(10));
        Reader reader = read(head(), times, Long.MAX_VALUE, "Item");
        reader.next();
        put("Dog", "a", "{}");
        ServerSentEvent<JsonNode> heartbeat = reader.next();
        while (!Objects.equals(heartbeat.id(), EventId.of(head()))) {
            heartbeat = reader.next();
        }
        assertThat(heartbeat.comment()).isNotNull();
        put("Item", "1", "{}");
        ServerSentEvent<JsonNode> event = reader.next();
        while (event.data() == null) {
            event = reader.next();
        }
        assertThat(event.data().path("changes").get(0).path("class").stringValue()).isEqualTo("Item");
    }

    @Test
    void readerThatTakesNothingIsCutOffAndLosesNothing() throws Exception {
        Position start = head();
        Reader slow = read(start, new FeedTimes(Duration.ofMillis(50), Duration.ofMillis(300)), 2);
        for (int i = 0; i < 20; i++) {
            put("Dog", "d" + i, "{}");
        }
        assertThat(slow.end.handle((done, failure) -> failure).get(10, TimeUnit.SECONDS))
                .isInstanceOf(TimeoutException.class);
        slow.next();
        String seen = Objects.requireNonNull(slow.next().id());
        Reader again = read(EventId.parse("id", seen), PATIENT, Long.MAX_VALUE);
        again.next();
        List<String> rest = new ArrayList<>();
        while (!rest.contains("d19")) {
            rest.add(again.change().path("changes").get(0).path("key").stringValue());
        }
        assertThat(rest.getLast()).isEqualTo("d19");
        assertThat(rest).hasSizeBetween(19, 20).doesNotHaveDuplicates();
    }

    @Test
    void hugeChangeIsToldInShort() throws Exception {
        Reader reader = read(head(), PATIENT, Long.MAX_VALUE);
        reader.next();
        put("Dog", "a", "{'name': '" + "x".repeat(100_000) + "'}");
        JsonNode event = reader.change();
        assertThat(event.path("incomplete").booleanValue()).isTrue();
        assertThat(event.path("classes").toString()).isEqualTo("[\"Dog\"]");
    }

    @Test
    void positionOfAnotherHistoryIsGone() {
        Position head = head();
        Position ahead = new Position(head.version() + 1, 0);
        Position other = new Position(head.version(), head.salt() + 1);
        for (Position position : List.of(ahead, other)) {
            assertThat(ChangeFeed.look(realm.realms, DataRealm.PATH, position).block(Duration.ofSeconds(10)))
                    .isInstanceOf(HistoryNews.Gone.class);
        }
        assertThat(ChangeFeed.look(realm.realms, DataRealm.PATH, head).block(Duration.ofSeconds(10)))
                .isInstanceOf(HistoryNews.Entries.class);
    }

    @Test
    void feedEndsWithTheReign() throws Exception {
        Reader reader = read(head(), PATIENT, Long.MAX_VALUE);
        reader.next();
        realm.realms.close("the reign is over");
        assertThat(reader.next().event()).isEqualTo("end");
        assertThat(reader.end.get(10, TimeUnit.SECONDS)).isTrue();
    }
}
