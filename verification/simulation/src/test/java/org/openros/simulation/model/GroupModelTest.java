// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The model with small bounds. TLC's words are in {@code target/model} afterwards, counterexamples included. */
@DisabledIfSystemProperty(named = "ros.model", matches = "large", disabledReason = "the large model runs alone")
class GroupModelTest {
    /** One thread for each run: then a counterexample is a shortest one, and the same every time. */
    private static final ModelRun.Limits LIMITS = new ModelRun.Limits(1, "768m", Duration.ofMinutes(15));

    /** A line of the model's list of what it can switch off. */
    private static final Pattern RULE = Pattern.compile("^ {4}(\"[a-z0-9 -]+\"),? +\\\\\\*", Pattern.MULTILINE);

    /** Begun before the first test asks, because two at a time take half the time. */
    private static final List<Begun> RUNS = new ArrayList<>();

    private static final ExecutorService THREADS =
            Executors.newFixedThreadPool(Math.min(2, Runtime.getRuntime().availableProcessors()));

    private record Begun(String folder, ModelConfiguration configuration, Future<ModelRun> run) {}

    private interface Check {
        void of(ModelConfiguration configuration, ModelRun run);
    }

    @TempDir
    private static Path scratch;

    @BeforeAll
    static void begin() {
        for (String folder : List.of("holds", "without", "reached")) {
            for (ModelConfiguration configuration : ModelConfiguration.in(folder)) {
                RUNS.add(new Begun(
                        folder, configuration, THREADS.submit(() -> ModelRun.of(configuration, scratch, LIMITS))));
            }
        }
    }

    @AfterAll
    static void end() {
        THREADS.shutdownNow();
        THREADS.close();
    }

    @TestFactory
    Stream<DynamicTest> protocolKeepsItsInvariants() {
        return each("holds", (configuration, run) -> {
            assertThat(run.refuted()).as("invariant broken, see %s", run.report()).isEmpty();
            assertThat(run.completed()).as("no error found, see %s", run.report()).isTrue();
            assertThat(run.distinctStates()).isGreaterThanOrEqualTo(configuration.leastStates());
        });
    }

    @TestFactory
    Stream<DynamicTest> protocolWithoutOneRuleBreaksAnInvariant() {
        return each("without", GroupModelTest::assertRefuted);
    }

    @TestFactory
    Stream<DynamicTest> whatShouldBePossibleIsReached() {
        return each("reached", GroupModelTest::assertRefuted);
    }

    @Test
    void eachRuleHasAConfigurationWithoutIt() throws IOException {
        String model = Files.readString(ModelConfiguration.FOLDER.resolve("GroupOfThree.tla"));
        List<String> rules = RULE.matcher(model).results().map(rule -> rule.group(1)).toList();

        assertThat(rules).contains("\"rule 1\"", "\"no-op\"");
        assertThat(ModelConfiguration.in("without"))
                .extracting(ModelConfiguration::off)
                .containsAll(rules);
    }

    private static void assertRefuted(ModelConfiguration configuration, ModelRun run) {
        assertThat(run.refuted())
                .as("invariant broken, see %s", run.report())
                .contains(configuration.invariant());
    }

    private static Stream<DynamicTest> each(String folder, Check check) {
        return RUNS.stream()
                .filter(begun -> begun.folder.equals(folder))
                .map(begun -> DynamicTest.dynamicTest(
                        begun.configuration.name(), () -> check.of(begun.configuration, begun.run.get())));
    }
}
