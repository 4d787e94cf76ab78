// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The model with bounds that take from minutes to hours, on all processors: {@code -Dros.model=large}. */
@EnabledIfSystemProperty(named = "ros.model", matches = "large", disabledReason = "takes long")
class LargeGroupModelTest {
    private static final ModelRun.Limits LIMITS = new ModelRun.Limits(
            Integer.getInteger("ros.model.workers", Runtime.getRuntime().availableProcessors()),
            System.getProperty("ros.model.heap", "4g"),
            Duration.ofHours(12));

    @TempDir
    private static Path scratch;

    @TestFactory
    Stream<DynamicTest> protocolKeepsItsInvariants() {
        return ModelConfiguration.in("large").stream()
                .map(configuration -> DynamicTest.dynamicTest(configuration.name(), () -> check(configuration)));
    }

    private static void check(ModelConfiguration configuration) throws Exception {
        ModelRun run = ModelRun.of(configuration, scratch, LIMITS);
        assertThat(run.refuted()).as("invariant broken, see %s", run.report()).isEmpty();
        assertThat(run.completed()).as("no error found, see %s", run.report()).isTrue();
        assertThat(run.distinctStates()).isGreaterThanOrEqualTo(configuration.leastStates());
    }
}
