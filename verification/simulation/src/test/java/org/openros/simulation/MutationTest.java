// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every way in which the world is built wrong on purpose is told by a checker of histories, within some seeds. */
class MutationTest {
    private static final long SEEDS = 400;

    @ParameterizedTest
    @EnumSource(names = "PROMISE_IS_NOT_KEPT", mode = EnumSource.Mode.EXCLUDE)
    void aWorldThatIsBuiltWrongIsToldByACheckerOfHistories(Mutation mutation) {
        Optional<Outcome> caught = LongStream.rangeClosed(1, SEEDS).parallel()
                .mapToObj(seed -> Simulation.run(seed, mutation, false))
                .filter(outcome -> !outcome.violations().isEmpty()).findAny();

        assertThat(caught).as("caught within %d seeds", SEEDS).isPresent();
        System.out.println(mutation + " is told by seed " + caught.orElseThrow().seed() + ": "
                + caught.orElseThrow().violations().getFirst().claim());
    }

    /** It takes two masters and two crashes to lose something by it: the invariant tells first. */
    @ParameterizedTest
    @EnumSource(names = "PROMISE_IS_NOT_KEPT")
    void aPromiseThatIsForgottenIsToldByTheInvariant(Mutation mutation) {
        Optional<Outcome> caught = LongStream.rangeClosed(1, SEEDS).parallel()
                .mapToObj(seed -> Simulation.run(seed, mutation, false))
                .filter(outcome -> outcome.broken().stream().anyMatch(why -> why.startsWith("I8"))).findAny();

        assertThat(caught).as("caught within %d seeds", SEEDS).isPresent();
    }
}
