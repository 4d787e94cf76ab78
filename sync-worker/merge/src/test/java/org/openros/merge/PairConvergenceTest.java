// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openros.changeset.Changeset;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import org.openros.merge.MergeResult.Merged;

import static org.assertj.core.api.Assertions.assertThat;

/** Two sides that meet end in the same state, whoever's changes came first (merge rules, section 7.1, "TP1"). */
class PairConvergenceTest {
    private static final int CASES = 2_500;

    @Test
    void bothOrdersEndInTheSameState() {
        int interacting = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            List<Changeset> base = base(random);
            List<StampedChangeset> local = side(random, base, 2);
            List<StampedChangeset> incoming = side(random, base, 3);
            MergeResult result = Transformer.transform(local, incoming);

            ObjectState localFirst = state(base);
            local.forEach(changeset -> localFirst.apply(changeset.changeset()));
            apply(localFirst, result.incoming(), seed);
            ObjectState incomingFirst = state(base);
            incoming.forEach(changeset -> incomingFirst.apply(changeset.changeset()));
            apply(incomingFirst, result.local(), seed);

            assertThat(incomingFirst.toJson()).as("seed %d", seed).isEqualTo(localFirst.toJson());
            interacting += result.incoming().stream().anyMatch(Merged::changed) ? 1 : 0;
        }
        assertThat(interacting).as("cases with anything to reconcile").isGreaterThan(CASES / 3);
    }

    private static List<Changeset> base(Random random) {
        List<Changeset> changesets = new ArrayList<>();
        changesets.add(SampleSchema.changeset());
        RandomEdits edits = new RandomEdits(random, 9, state(changesets));
        for (int i = 0; i < 20; i++) {
            changesets.add(edits.transaction());
        }
        return changesets;
    }

    private static List<StampedChangeset> side(Random random, List<Changeset> base, long ident) {
        RandomEdits edits = new RandomEdits(random, ident, state(base));
        List<StampedChangeset> changesets = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            changesets.add(new StampedChangeset(i + 1, random.nextInt(4), ident, edits.transaction()));
        }
        return changesets;
    }

    private static ObjectState state(List<Changeset> changesets) {
        ObjectState state = new ObjectState(StateAccess.EMPTY);
        changesets.forEach(state::apply);
        return state;
    }

    private static void apply(ObjectState state, List<Merged> changesets, int seed) {
        for (Merged merged : changesets) {
            try {
                state.apply(merged.changeset());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + merged.changeset(), e);
            }
        }
    }
}
