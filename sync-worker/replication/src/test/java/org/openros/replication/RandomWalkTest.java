// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random faults, one seed each; what every commit has to be is checked by {@link TestGroup#committed}. To look at one seed
 * again: {@code ./mvnw -pl sync-worker/replication -am test -Dtest=RandomWalkTest -Dwalk.first=SEED -Dwalk.count=1
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RandomWalkTest {
    private static final List<String> NAMES = List.of("a", "b", "c");

    static LongStream seeds() {
        long first = Long.getLong("walk.first", 1);
        return LongStream.range(first, first + Long.getLong("walk.count", 300));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingCommittedIsLostAndTheGroupRecovers(long seed) {
        Walk walk = new Walk(seed);
        try {
            walk.run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + " after " + walk.done + ": " + e.getMessage(), e);
        }
    }

    private static final class Walk {
        final Random random;
        final TestGroup group = TestGroup.started();
        final StringBuilder done = new StringBuilder();
        int writes;

        Walk(long seed) {
            random = new Random(seed);
        }

        void run() {
            if (random.nextInt(3) == 0) {
                group.answerLost = request -> random.nextInt(20) == 0;
            }
            int steps = 5 + random.nextInt(25);
            for (int i = 0; i < steps; i++) {
                fault();
                work(random.nextInt(1 + random.nextInt(4000)));
            }
            heal();
            group.until(Duration.ofSeconds(90), this::isWell);
            work(2000);
            TestNode master = Objects.requireNonNull(group.serving());
            group.until(Duration.ofSeconds(5), () -> group.nodes.values().stream()
                    .allMatch(node -> node.disk.last().equals(master.disk.last()) && node.disk.applied == node.disk.last().seq()));
            for (Position position : group.committed.values()) {
                assertThat(master.disk.position(position.seq())).isEqualTo(position);
            }
        }

        private boolean isWell() {
            TestNode master = group.serving();
            return master != null && master.state.status().followers().size() == 2
                    && master.state.status().followers().stream().allMatch(Status.FollowerStatus::inStep)
                    && group.nodes.values().stream().allMatch(node -> node.state.status().inStep());
        }

        private void heal() {
            done.append(" heal");
            group.lost.clear();
            group.isolated.clear();
            group.answerLost = request -> false;
            NAMES.forEach(name -> {
                TestNode node = group.node(name);
                node.diskDelay = 100_000;
                if (!node.alive) {
                    group.start(node.name());
                } else if (node.paused) {
                    node.resume();
                }
            });
        }

        private void work(int millis) {
            done.append(" +").append(millis);
            long end = group.now + millis * 1_000_000L;
            while (group.now < end) {
                for (TestNode node : group.nodes.values()) {
                    if (node.alive && !node.paused && node.serving != null && node.serving.equals(node.leading)) {
                        node.write("w" + ++writes);
                    }
                }
                group.run(Duration.ofNanos(Math.min(end - group.now, 1_000_000L * (1 + random.nextInt(100)))));
            }
        }

        private void fault() {
            String name = NAMES.get(random.nextInt(3));
            TestNode node = group.node(name);
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> kill(node);
                case 3, 4, 5 -> restart(node);
                case 6 -> pause(node);
                case 7 -> cut(name);
                case 8 -> group.isolated.add(say("isolate", node.name()));
                case 9 -> {
                    say("reconnect", node.name());
                    group.isolated.clear();
                    group.lost.clear();
                }
                case 10 -> node.diskDelay = say("delay", random.nextBoolean() ? 100_000L : random.nextLong(2_000_000_000));
                case 11 -> wipe(node);
                default -> throw new IllegalStateException();
            }
        }

        private <T> T say(String what, T about) {
            done.append("; ").append(what).append(' ').append(about);
            return about;
        }

        private void kill(TestNode node) {
            if (node.alive) {
                say("kill", node.name());
                node.kill();
            }
        }

        private void restart(TestNode node) {
            if (!node.alive) {
                say("start", node.name());
                group.start(node.name());
            }
        }

        private void pause(TestNode node) {
            say(node.paused ? "resume" : "pause", node.name());
            if (node.paused) {
                node.resume();
            } else {
                node.paused = node.alive;
            }
        }

        private void cut(String name) {
            String other = NAMES.get(random.nextInt(3));
            say("cut", name + other);
            group.lost.add(new TestGroup.Link(new NodeId(name), new NodeId(other)));
            if (random.nextBoolean()) {
                group.cut(name, other);
            }
        }

        /** Only a spare's disk: of two members' disks one has to stay. */
        private void wipe(TestNode node) {
            boolean member = group.lock.record != null
                    && group.lock.record.members().stream().anyMatch(m -> m.store().equals(node.disk.store));
            if (!member && random.nextInt(3) == 0) {
                say("wipe", node.name());
                node.kill();
                group.start(node.name(), new MemoryDisk(TestGroup.GROUP, node.name()));
            }
        }
    }
}
