// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.permission.AccessList;
import org.openros.core.realmjob.MoveWork;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Jobs that follow moves, with model groups. */
class MoveWorkTest {
    private static final RealmPath NEWS = RealmPath.of(new AppId("shop"), new Partition.Text("news"));
    private static final GroupId ONE = new GroupId("one");
    private static final GroupId TWO = new GroupId("two");
    private static final GroupId THREE = new GroupId("three");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Directory directory = directory();
    private final RealmMoves moves =
            new RealmMoves(store, directory, new ModelHosts(), List.of(ONE, TWO, THREE), Clock.systemUTC());
    private final MoveWork work = new MoveWork(moves, directory);
    private volatile boolean cancelled;
    private volatile Thread runner = Thread.currentThread();

    private Directory directory() {
        AccessList access = AccessList.of(store);
        DirectoryProperties properties =
                new DirectoryProperties(List.of(new Group(ONE, 1), new Group(TWO, 0), new Group(THREE, 0)), List.of());
        return new Directory(
                store, access.feed(), access.changes(), new GroupChoice(properties, group -> true, new Random(1)),
                Clock.systemUTC(), Ticker.systemTicker());
    }

    /** As a runner of jobs gives it. */
    private final JobProgress progress = new JobProgress() {
        @Override
        public void report(long done, long total, String unit) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("to stop");
            }
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    };

    @BeforeEach
    void makeRealm() {
        directory.create(NEWS, RealmType.FULL, null);
    }

    @AfterEach
    void stop() {
        runner.interrupt();
        moves.close();
    }

    private CompletableFuture<JsonNode> follow(GroupId group) {
        CompletableFuture<JsonNode> end = new CompletableFuture<>();
        runner = Thread.ofVirtual().start(() -> {
            try {
                end.complete(work.run(MoveWork.target(NEWS, group), progress));
            } catch (InterruptedException | RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return end;
    }

    private GroupId place() {
        return Objects.requireNonNull(directory.find(NEWS)).group();
    }

    private RealmMove onlyMove() {
        await().atMost(SOON).until(() -> moves.list(null, 10).size() == 1);
        return moves.list(null, 10).getFirst();
    }

    /** What the active directory does twice a second. */
    private void carryOutUntilEnd(CompletableFuture<?> end) {
        await().atMost(SOON).until(() -> {
            moves.round();
            return end.isDone();
        });
    }

    @Test
    void theEndOfTheMoveIsTheEndOfTheJob() {
        CompletableFuture<JsonNode> end = follow(TWO);
        onlyMove();
        carryOutUntilEnd(end);
        assertThat(end.join().path("label").asString()).isEqualTo("two");
        assertThat(place()).isEqualTo(TWO);
        assertThat(follow(TWO).orTimeout(20, TimeUnit.SECONDS).join().path("label").asString())
                .as("begun anew it is done")
                .isEqualTo("two");
        assertThat(moves.list(null, 10)).hasSize(1);
    }

    @Test
    void aCancelledJobLeavesTheRealmWhereItIs() {
        CompletableFuture<JsonNode> end = follow(TWO);
        RealmMove move = onlyMove();
        cancelled = true;
        runner.interrupt();
        await().atMost(SOON).until(() -> Objects.requireNonNull(moves.find(move.id())).isCancelled());
        carryOutUntilEnd(end);
        assertThatThrownBy(end::join).hasCauseInstanceOf(InterruptedException.class);
        assertThat(place()).isEqualTo(ONE);
    }

    @Test
    void theEndOfAProcessEndsNoMove() {
        CompletableFuture<JsonNode> first = follow(TWO);
        RealmMove move = onlyMove();
        runner.interrupt();
        assertThatThrownBy(first::join).hasCauseInstanceOf(InterruptedException.class);
        assertThat(Objects.requireNonNull(moves.find(move.id())).isCancelled()).isFalse();
        CompletableFuture<JsonNode> second = follow(TWO);
        carryOutUntilEnd(second);
        assertThat(second.join().path("label").asString()).isEqualTo("two");
        assertThat(moves.list(null, 10)).hasSize(1);
    }

    @Test
    void aRealmThatIsOnItsWayElsewhereIsNotMovedToo() {
        assertThat(moves.start(NEWS, THREE)).isNotNull();
        assertThatThrownBy(() -> follow(TWO).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(JobFailedException.class)
                .hasMessageContaining("three");
    }

    @Test
    void aRealmThatIsGoneIsNotMoved() {
        directory.delete(NEWS);
        assertThatThrownBy(() -> follow(TWO).join()).hasMessageContaining("no such realm");
    }
}
