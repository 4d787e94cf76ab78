// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.Value;
import org.openros.merge.MergeResult.Merged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Whatever the rules are: pairs that are left out, groups and the choice of sides change nothing. */
class TransformerTest {
    private static final int CASES = 10_000;
    private static final ByteString TABLE = ByteString.of("T");
    private static final ByteString FIELD = ByteString.of("f");

    @Test
    void leavingOutPairsWithoutRuleChangesNothing() {
        int merged = 0;
        for (int seed = 0; seed < CASES; seed++) {
            Sides sides = Sides.random(seed);
            Outcome plain = Outcome.of(PlainDoubleLoop::transform, sides.local(), sides.incoming());
            Outcome indexed = Outcome.of(Transformer::transform, sides.local(), sides.incoming());
            assertThat(indexed).as("seed %d", seed).isEqualTo(plain);
            merged += plain.error() == null ? 1 : 0;
        }
        assertThat(merged).as("cases that are not refused").isGreaterThan(CASES / 2);
    }

    @Test
    void leavingOutWhatTheOtherSideDoesNotTouchChangesNothing() {
        for (int seed = 0; seed < CASES; seed++) {
            Sides sides = Sides.random(seed);
            Outcome all = Outcome.of(Transformer::transform, sides.local(), sides.incoming());
            Outcome touched = Outcome.of(TransformerTest::touched, sides.local(), sides.incoming());
            assertThat(touched).as("seed %d", seed).isEqualTo(all);
        }
    }

    private static MergeResult touched(List<StampedChangeset> local, List<StampedChangeset> incoming) {
        Footprint footprint = new Footprint();
        local.forEach(each -> footprint.add(each.changeset()));
        Transformer transformer = new Transformer(
                incoming, Transformer.DEFAULT_PAIR_LIMIT, Transformer.DEFAULT_OPERAND_LIMIT, footprint);
        List<Merged> localForms = local.stream().map(transformer::meet).toList();
        return new MergeResult(localForms, transformer.incoming(), transformer.pairSteps());
    }

    @Test
    void exchangingTheSidesExchangesTheResults() {
        for (int seed = 0; seed < CASES; seed++) {
            Sides sides = Sides.random(seed);
            Outcome one = Outcome.of(Transformer::transform, sides.local(), sides.incoming());
            Outcome other = Outcome.of(Transformer::transform, sides.incoming(), sides.local());
            assertThat(other.error() == null).as("seed %d", seed).isEqualTo(one.error() == null);
            assertThat(other.local()).as("seed %d", seed).isEqualTo(one.incoming());
            assertThat(other.incoming()).as("seed %d", seed).isEqualTo(one.local());
        }
    }

    @Test
    void mergingAGroupIsMergingOneByOne() {
        for (int seed = 0; seed < CASES; seed++) {
            Sides sides = Sides.random(seed);
            Outcome group = Outcome.of(Transformer::transform, sides.local(), sides.incoming());
            Outcome oneByOne = Outcome.of(TransformerTest::oneByOne, sides.local(), sides.incoming());
            assertThat(oneByOne.error() == null).as("seed %d", seed).isEqualTo(group.error() == null);
            assertThat(oneByOne.local()).as("seed %d", seed).isEqualTo(group.local());
            assertThat(oneByOne.incoming()).as("seed %d", seed).isEqualTo(group.incoming());
        }
    }

    private static MergeResult oneByOne(List<StampedChangeset> local, List<StampedChangeset> incoming) {
        List<StampedChangeset> forms = local;
        List<Merged> results = new ArrayList<>();
        for (StampedChangeset changeset : incoming) {
            MergeResult step = Transformer.transform(forms, List.of(changeset));
            results.addAll(step.incoming());
            forms = restamp(forms, step.local());
        }
        return new MergeResult(
                forms.stream().map(form -> new Merged(form.changeset(), true)).toList(), results, 0);
    }

    private static List<StampedChangeset> restamp(List<StampedChangeset> before, List<Merged> after) {
        return IntStream.range(0, before.size())
                .mapToObj(i -> new StampedChangeset(
                        before.get(i).version(),
                        before.get(i).originTimestamp(),
                        before.get(i).originFileIdent(),
                        after.get(i).changeset()))
                .toList();
    }

    @Test
    void instructionsThatMeetNobodyCountForNothingAndOthersAreBounded() {
        Footprint footprint = new Footprint();
        updates(0, 10).forEach(each -> footprint.add(each.changeset()));
        Transformer transformer = new Transformer(updates(0, 500), Transformer.DEFAULT_PAIR_LIMIT, 20, footprint);
        updates(0, 10).forEach(transformer::meet);
        assertThatThrownBy(() -> updates(0, 1).forEach(transformer::meet)).isInstanceOf(MergeException.class);
    }

    @Test
    void changesOfDifferentObjectsNeverMeet() {
        MergeResult result = Transformer.transform(updates(0, 500), updates(500, 1_000));
        assertThat(result.pairSteps()).isZero();
    }

    @Test
    void changesOfDifferentDictionaryEntriesNeverMeet() {
        MergeResult result = Transformer.transform(List.of(entries(2, 0, 500)), List.of(entries(3, 500, 1_000)));
        assertThat(result.pairSteps()).isZero();
    }

    @Test
    void assignmentsOfOnePlaceDoNotMultiply() {
        MergeResult result = Transformer.transform(List.of(assignments(3, 5_000)), List.of(assignments(2, 5_000)));
        assertThat(result.local().getFirst().changed()).isFalse();
        assertThat(result.incoming().getFirst().changeset().isEmpty()).isTrue();
        assertThat(result.pairSteps()).isLessThan(10 * 5_000);
    }

    private static StampedChangeset assignments(long ident, int count) {
        return stamped(ident, Collections.nCopies(count, update(1, List.of())));
    }

    private static List<StampedChangeset> updates(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> stamped(2, List.of(update(i, List.of()))))
                .toList();
    }

    private static StampedChangeset entries(long ident, int from, int to) {
        List<Instruction> instructions = IntStream.range(from, to)
                .mapToObj(i -> update(1, List.of(new PathElement.Key(ByteString.of("k" + i)))))
                .toList();
        return stamped(ident, instructions);
    }

    private static Instruction update(long key, List<PathElement> path) {
        return new Instruction.Update(TABLE, new ObjectKey.Int(key), FIELD, path, new Value.Int(key), 0, false);
    }

    private static StampedChangeset stamped(long ident, List<Instruction> instructions) {
        return new StampedChangeset(1, 100, ident, new Changeset(List.of(), instructions));
    }

    @Test
    void mergeBeyondTheLimitIsGivenUp() {
        List<StampedChangeset> local = List.of(inserts(2, 100));
        Transformer transformer = new Transformer(List.of(inserts(3, 100)), 9_999);
        assertThatThrownBy(() -> transformer.meet(local.getFirst()))
                .isInstanceOfSatisfying(MergeException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(MergeException.Code.TOO_COSTLY));
    }

    @Test
    void mergeAtTheLimitIsDone() {
        Transformer transformer = new Transformer(List.of(inserts(3, 100)), 10_000);
        transformer.meet(inserts(2, 100));
        assertThat(transformer.pairSteps()).isEqualTo(10_000);
    }

    private static StampedChangeset inserts(long ident, int count) {
        List<Instruction> instructions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<PathElement> path = List.of(new PathElement.Index(i));
            instructions.add(new Instruction.ArrayInsert(
                    TABLE, new ObjectKey.Int(1), FIELD, path, new Value.Int(i), i));
        }
        return stamped(ident, instructions);
    }

    /** Two concurrent sides. */
    private record Sides(List<StampedChangeset> local, List<StampedChangeset> incoming) {
        static Sides random(int seed) {
            AdversarialChangesets changesets = new AdversarialChangesets(new Random(seed), seed % 2 == 0);
            return new Sides(changesets.side(2), changesets.side(3));
        }
    }

    /** The contents after a merge, or why there are none. */
    private record Outcome(
            List<Changeset> local, List<Changeset> incoming, MergeException.@Nullable Code error) {
        static Outcome of(
                BiFunction<List<StampedChangeset>, List<StampedChangeset>, MergeResult> merge,
                List<StampedChangeset> local,
                List<StampedChangeset> incoming) {
            try {
                MergeResult result = merge.apply(local, incoming);
                return new Outcome(contents(result.local()), contents(result.incoming()), null);
            } catch (MergeException e) {
                return new Outcome(List.of(), List.of(), e.code());
            }
        }

        private static List<Changeset> contents(List<Merged> side) {
            return side.stream().map(Merged::changeset).toList();
        }
    }
}
