// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetText;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares a state that comes and goes with one that stays in memory and takes nothing back but is built again, over
 * random schemas and operations. Set -Dros.state.seed to replay one seed, -Dros.state.seeds to try more of them.
 */
class ObjectStatePropertyTest {
    private static final int STEPS = 600;

    static LongStream seeds() {
        Long seed = Long.getLong("ros.state.seed");
        return seed == null ? LongStream.rangeClosed(1, Long.getLong("ros.state.seeds", 30)) : LongStream.of(seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void stateReadFromItsStoreEqualsTheOneInMemory(long seed) {
        Run run = new Run(seed);
        for (int step = 0; step < STEPS; step++) {
            run.step();
        }
        run.settleAll();
        run.compare(new ObjectState(run.store));
        assertThat(run.applied).as("seed %d: applied changesets", seed).isGreaterThan(STEPS / 6);
        assertThat(run.refused).as("seed %d: refused changesets", seed).isPositive();
    }

    /** One run: the state under test with its store, and the reference, which has none. */
    private static final class Run {
        private final String name;
        private final Random random;
        private final RandomChangesets changesets;
        private final StoredState store = new StoredState();
        private final Deque<Drained> onTheWay = new ArrayDeque<>();
        private final ObjectState state;
        private final List<Changeset> kept = new ArrayList<>();
        private final List<Changeset> undrained = new ArrayList<>();
        private ObjectState reference = new ObjectState(StateAccess.EMPTY);
        private int applied;
        private int refused;

        Run(long seed) {
            name = "seed " + seed + " (-Dros.state.seed=" + seed + ")";
            random = new Random(seed);
            changesets = new RandomChangesets(random);
            state = new ObjectState(store, random.nextInt(3_000), random.nextInt(8));
            apply(changesets.schema());
            for (int i = 0; i < 50; i++) {
                apply(changesets.column());
            }
            drain();
            applied = 0;
            refused = 0;
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> drain();
                case 3, 4 -> settleOne();
                case 5 -> {
                    state.rollback();
                    undrained.clear();
                    rebuild();
                }
                case 6 -> state.clear();
                case 7 -> compare(state);
                default -> {
                    for (int attempt = 0; attempt < 4; attempt++) {
                        apply(changesets.next(reference));
                    }
                }
            }
        }

        private void apply(Changeset changeset) {
            ApplyException.Reason expected = outcome(reference, changeset);
            assertThat(outcome(state, changeset))
                    .as("%s: %s", name, ChangesetText.of(changeset))
                    .isEqualTo(expected);
            if (expected == null) {
                applied++;
                undrained.add(changeset);
            } else {
                refused++;
                if (random.nextInt(4) == 0) {
                    rebuild();
                }
            }
        }

        private void rebuild() {
            reference = new ObjectState(StateAccess.EMPTY);
            kept.forEach(reference::apply);
            undrained.forEach(reference::apply);
        }

        private static ApplyException.@Nullable Reason outcome(ObjectState state, Changeset changeset) {
            try {
                state.apply(changeset);
                return null;
            } catch (ApplyException e) {
                return e.reason();
            }
        }

        private void drain() {
            onTheWay.add(state.drain());
            kept.addAll(undrained);
            undrained.clear();
        }

        private void settleOne() {
            if (!onTheWay.isEmpty()) {
                Drained next = onTheWay.remove();
                store.write(next);
                if (random.nextBoolean()) {
                    state.settled(next.generation());
                }
            }
        }

        void settleAll() {
            drain();
            while (!onTheWay.isEmpty()) {
                Drained next = onTheWay.remove();
                store.write(next);
                state.settled(next.generation());
            }
            state.clear();
            compare(state);
        }

        void compare(ObjectState other) {
            assertThat(other.toJson()).as(name).isEqualTo(reference.toJson());
        }
    }
}
