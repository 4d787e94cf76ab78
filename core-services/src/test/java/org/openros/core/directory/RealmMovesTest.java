// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.core.directory.RealmMove.State;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Moves between two model groups, with clients that write all the time and processes that die at any step. */
class RealmMovesTest {
    private static final RealmPath NEWS = RealmPath.of(new AppId("shop"), new Partition.Text("news"));
    private static final GroupId ONE = new GroupId("one");
    private static final GroupId TWO = new GroupId("two");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final ModelHosts hosts = new ModelHosts();
    private final Directory reader = directory(store);
    private final List<String> acknowledged = new ArrayList<>();
    private int calls;
    private int deadAt = Integer.MAX_VALUE;

    /** The process that carries out the move has died. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Directory directory(MetadataStore store) {
        AccessList access = AccessList.of(store);
        DirectoryProperties properties =
                new DirectoryProperties(List.of(new Group(ONE, 1), new Group(TWO, 0)), List.of());
        GroupChoice choice = new GroupChoice(properties, group -> true, new Random(1));
        return new Directory(
                store, access.feed(), access.changes(), choice, Clock.systemUTC(), Ticker.systemTicker());
    }

    private RealmMoves moves() {
        return new RealmMoves(store, reader, hosts, List.of(ONE, TWO), Clock.systemUTC());
    }

    private RealmRow row() {
        return Objects.requireNonNull(reader.find(NEWS));
    }

    /** A client writes where the directory says. */
    private void write() {
        String word = "w" + acknowledged.size();
        if (hosts.write(row().group(), NEWS, word)) {
            acknowledged.add(word);
        }
    }

    private void meanwhile() {
        if (calls++ == deadAt) {
            throw new Death();
        }
        write();
    }

    private RealmMove start() {
        reader.create(NEWS, RealmType.FULL, null);
        for (int i = 0; i < 30; i++) {
            write();
        }
        return Objects.requireNonNull(moves().start(NEWS, TWO));
    }

    /** A process that dies with the hosts' failures, and with those of its store. */
    private void carryOut(RealmMove move) {
        MetadataStore mortal = new MortalStore();
        new RealmMover(new MoveRecords(mortal), directory(mortal), hosts, Clock.systemUTC()).run(move.id());
    }

    private final class MortalStore implements MetadataStore {
        @Override
        public @Nullable StoredObject find(ObjectRef object) {
            return store.find(object);
        }

        @Override
        public List<KeyedObject> list(MetadataTable table, String prefix, @Nullable String after, int limit) {
            return store.list(table, prefix, after, limit);
        }

        @Override
        public boolean commit(Transaction transaction) {
            meanwhile();
            boolean done = store.commit(transaction);
            meanwhile();
            return done;
        }

        @Override
        public boolean isReachable() {
            return true;
        }
    }

    private State state(RealmMove move) {
        return Objects.requireNonNull(moves().find(move.id())).state();
    }

    private void assertServedOnlyAt(GroupId place, String description) {
        GroupId other = place.equals(ONE) ? TWO : ONE;
        assertThat(row().group()).as(description).isEqualTo(place);
        assertThat(hosts.standing(place, NEWS)).as(description).isEqualTo("OPEN");
        assertThat(hosts.words(place, NEWS)).as(description).isEqualTo(acknowledged);
        assertThat(hosts.standing(other, NEWS).equals("OPEN") && !hosts.words(other, NEWS).isEmpty())
                .as(description)
                .isFalse();
    }

    @Test
    void realmIsAtItsNewPlaceWithAllThatWasWrittenMeanwhile() {
        RealmMove move = start();
        hosts.meanwhile = this::meanwhile;
        carryOut(move);
        hosts.meanwhile = () -> {};
        assertThat(state(move)).isEqualTo(State.DONE);
        assertServedOnlyAt(TWO, "after the move");
        assertThat(acknowledged).hasSizeGreaterThan(15);
        assertThat(hosts.standing(ONE, NEWS)).isEqualTo("LEAVING");
        int before = acknowledged.size();
        write();
        assertThat(acknowledged).hasSize(before + 1);
    }

    @Test
    void deathAtAnyStepLeavesTheRealmAtOnePlaceAndTheNextProcessGoesOn() {
        int steps = Integer.MAX_VALUE;
        for (int at = 0; at < steps; at++) {
            RealmMovesTest run = new RealmMovesTest();
            RealmMove move = run.start();
            run.hosts.meanwhile = run::meanwhile;
            run.deadAt = at;
            try {
                run.carryOut(move);
                steps = at;
            } catch (Death e) {
                run.deadAt = Integer.MAX_VALUE;
                run.carryOut(move);
            }
            run.hosts.meanwhile = () -> {};
            assertThat(run.state(move)).as("dead at call " + at).isEqualTo(State.DONE);
            run.assertServedOnlyAt(TWO, "dead at call " + at);
        }
        assertThat(steps).isGreaterThan(30);
    }

    @Test
    void twoProcessesAtOnceDoNoHarmWhereverOneOfThemIsInterruptedByTheOther() {
        int steps = Integer.MAX_VALUE;
        for (int at = 0; at < steps; at++) {
            RealmMovesTest run = new RealmMovesTest();
            RealmMove move = run.start();
            int pausedAt = at;
            boolean[] interrupted = {false};
            run.hosts.meanwhile = () -> {
                run.meanwhile();
                if (run.calls > pausedAt && !interrupted[0]) {
                    interrupted[0] = true;
                    run.carryOut(move);
                }
            };
            run.carryOut(move);
            steps = interrupted[0] ? steps : at;
            run.hosts.meanwhile = () -> {};
            assertThat(run.state(move)).as("paused at call " + at).isEqualTo(State.DONE);
            run.assertServedOnlyAt(TWO, "paused at call " + at);
        }
        assertThat(steps).isGreaterThan(20);
    }

    @Test
    void cancelledMoveLeavesTheRealmWhereItWasWheneverItIsCancelledAndWhoeverDies() {
        for (int at = 0; at < 60; at++) {
            RealmMovesTest run = new RealmMovesTest();
            RealmMove move = run.start();
            int cancelledAt = at;
            run.hosts.meanwhile = () -> {
                if (run.calls == cancelledAt) {
                    run.moves().cancel(move.id());
                }
                run.meanwhile();
            };
            run.deadAt = at + 3;
            try {
                run.carryOut(move);
            } catch (Death e) {
                run.deadAt = Integer.MAX_VALUE;
                run.carryOut(move);
            }
            run.hosts.meanwhile = () -> {};
            State end = run.state(move);
            assertThat(end).as("cancelled at call " + at).isIn(State.CANCELLED, State.DONE);
            run.assertServedOnlyAt(end == State.DONE ? TWO : ONE, "cancelled at call " + at);
            assertThat(run.moves().start(NEWS, end == State.DONE ? ONE : TWO)).isNotNull();
        }
    }

    @Test
    void realmThatIsDeletedMeanwhileIsNotMoved() {
        RealmMove move = start();
        boolean[] deleted = {false};
        hosts.meanwhile = () -> {
            if (calls++ > 8 && !deleted[0]) {
                deleted[0] = true;
                reader.delete(NEWS);
            }
        };
        carryOut(move);
        hosts.meanwhile = () -> {};
        assertThat(state(move)).isEqualTo(State.FAILED);
        assertThat(row().group()).isEqualTo(ONE);
        assertThat(hosts.words(TWO, NEWS)).isEmpty();
        TrashedRealm trashed = reader.trash(NEWS.app(), null, 10).getFirst();
        assertThat(reader.restore(trashed)).isTrue();
        assertServedOnlyAt(ONE, "restored");
    }

    @Test
    void copyBeginsAnewWhenTheLogDoesNotReachBack() {
        RealmMove move = start();
        hosts.meanwhile = () -> {
            meanwhile();
            if (calls == 10 || calls == 60) {
                hosts.releaseLog(ONE);
            }
        };
        carryOut(move);
        hosts.meanwhile = () -> {};
        assertThat(state(move)).isEqualTo(State.DONE);
        assertThat(Objects.requireNonNull(moves().find(move.id())).admission()).isPositive();
        assertServedOnlyAt(TWO, "after the move");
    }

    @Test
    void realmGoesToAGroupAndBackAgain() {
        RealmMove there = start();
        carryOut(there);
        RealmMove back = Objects.requireNonNull(moves().start(NEWS, ONE));
        hosts.meanwhile = this::meanwhile;
        carryOut(back);
        hosts.meanwhile = () -> {};
        assertServedOnlyAt(ONE, "back");
        new RealmMover(new MoveRecords(store), reader, hosts, Clock.systemUTC())
                .clear(Objects.requireNonNull(moves().find(there.id())));
        assertServedOnlyAt(ONE, "what the first move has left is not there any more");
    }

    @Test
    void realmIsMovedOnceAtATimeAndOnlyToAnotherGroupThatThereIs() {
        start();
        assertThat(moves().start(NEWS, TWO)).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> moves().start(NEWS, ONE));
        assertThatIllegalArgumentException().isThrownBy(() -> moves().start(NEWS, new GroupId("three")));
        assertThat(moves().list(null, 10)).hasSize(1);
    }
}
