// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.history.Entry;
import org.openros.history.HistoryWriter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Groups under faults, one seed each. {@code -Dros.simulation.seeds=N} and {@code -Dros.simulation.first-seed=S} say
 * which; with one seed its timeline and history are written to {@code target/simulation}.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("ros.simulation.first-seed", 1);
    private static final long SEEDS = Long.getLong("ros.simulation.seeds", 200);
    private static final int TOLD = 5;
    private static final int LONGEST_LINE = 2_000;

    @Test
    void groupsLoseNothingAndComeBackWhateverTheSeed() throws IOException {
        ConcurrentLinkedQueue<Outcome> bad = new ConcurrentLinkedQueue<>();
        LongAdder acks = new LongAdder();
        LongStream.range(FIRST, FIRST + SEEDS).parallel().forEach(seed -> {
            Outcome outcome = Simulation.run(seed);
            outcome.history().stream().filter(Entry.Acked.class::isInstance).forEach(ack -> acks.increment());
            if (!outcome.isGood()) {
                bad.add(outcome);
            }
        });
        System.out.printf("Simulated seeds %d to %d: %d acknowledgements, %d seeds failed%n", FIRST, FIRST + SEEDS - 1,
                acks.sum(),
                bad.size());
        if (SEEDS == 1) {
            write(Simulation.tell(FIRST));
        }
        assertThat(bad).as(() -> describe(bad)).isEmpty();
    }

    private static void write(Outcome outcome) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "simulation"));
        Path timeline = folder.resolve("seed-" + outcome.seed() + ".timeline.txt");
        List<String> lines = new ArrayList<>(outcome.timeline());
        outcome.broken().forEach(lines::add);
        outcome.violations().forEach(violation -> lines.add(violation.toString()));
        Files.write(timeline, lines);
        Path history = folder.resolve("seed-" + outcome.seed() + ".history.jsonl");
        Files.write(history, bytes(outcome));
        System.out.println("Timeline: " + timeline.toAbsolutePath() + ", history: " + history.toAbsolutePath());
    }

    private static String describe(Iterable<Outcome> bad) {
        List<Outcome> some = new ArrayList<>();
        bad.forEach(some::add);
        some.sort((one, other) -> Long.compare(one.seed(), other.seed()));
        return "failed seeds " + some.stream().map(Outcome::seed).toList()
                + some.stream().limit(TOLD).map(SimulationTest::describe)
                .collect(Collectors.joining());
    }

    static String describe(Outcome outcome) {
        List<String> wrong = new ArrayList<>(outcome.broken());
        outcome.violations().forEach(violation -> wrong.add(violation.toString()));
        return "\nseed " + outcome.seed()
                + ", to replay it with a timeline:\n  ./mvnw -q -pl verification/simulation -am test"
                + " -Dtest=SimulationTest -Dsurefire.failIfNoSpecifiedTests=false -Dros.simulation.first-seed="
                + outcome.seed()
                + " -Dros.simulation.seeds=1\n  "
                + wrong.stream().limit(TOLD).map(line -> line.substring(0, Math.min(LONGEST_LINE, line.length())))
                        .collect(Collectors.joining("\n  "));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 13, 24})
    void theSameSeedGivesTheSameHistoryByteForByte(long seed) throws IOException {
        assertThat(bytes(Simulation.run(seed))).isEqualTo(bytes(Simulation.tell(seed)));
    }

    private static byte[] bytes(Outcome outcome) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (HistoryWriter writer = new HistoryWriter(out)) {
            for (Entry entry : outcome.history()) {
                writer.write(entry);
            }
        }
        return out.toByteArray();
    }

    @Test
    void manySeedsMeetEveryKindOfFaultAndManyMasters() {
        TreeMap<String, Long> kinds = new TreeMap<>();
        List<Long> epochs = new ArrayList<>();
        for (long seed = 1; seed <= 60; seed++) {
            long epoch = 0;
            for (Entry entry : Simulation.run(seed).history()) {
                if (entry instanceof Entry.FaultBegan fault) {
                    kinds.merge(fault.kind().startsWith("kill at") ? "failpoint" : fault.kind(), 1L, Long::sum);
                } else if (entry instanceof Entry.NodeState state && state.role().equals(Entry.NodeState.MASTER)) {
                    epoch = Math.max(epoch, state.epoch());
                }
            }
            epochs.add(epoch);
        }

        assertThat(kinds)
                .containsKeys("kill", "power-loss", "failpoint", "pause", "cut-nodes", "cut-lock-service", "isolate",
                "split", "lock-service-down", "lock-service-flaky", "slow-disk", "wipe", "damage", "pin-gateway",
                "step-down",
                "planned-restart");
        assertThat(epochs.stream().filter(epoch -> epoch >= 3).count()).isGreaterThan(15);
    }
}
