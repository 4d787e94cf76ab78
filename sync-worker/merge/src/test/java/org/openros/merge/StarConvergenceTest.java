// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openros.domain.FileIdent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole realms in one thread: two to five clients that edit, upload in pieces, download with small limits, lose
 * messages and repeat themselves, and a server that edits as well. To replay a seed, call {@code run} with it alone.
 */
class StarConvergenceTest {
    private static final int RUNS = 200;
    private static final int STEPS = 120;

    @Test
    void allStatesAreEqualWhenEverythingHasArrived() {
        for (int seed = 0; seed < RUNS; seed++) {
            run(seed, true);
        }
    }

    @Test
    void trimmingReciprocalFormsChangesNoEntry() {
        for (int seed = 0; seed < RUNS / 10; seed++) {
            List<MainEntry> trimmed = run(seed, true).history().entriesAbove(0);
            List<MainEntry> kept = run(seed, false).history().entriesAbove(0);
            assertThat(kept).as("seed %d", seed).usingRecursiveComparison().isEqualTo(trimmed);
        }
    }

    private static SimulatedServer run(int seed, boolean trims) {
        try {
            Star star = new Star(new Random(seed), trims);
            for (int i = 0; i < STEPS; i++) {
                star.step();
            }
            star.settle();
            star.assertConverged();
            return star.server;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    /** A server and its clients. */
    private static final class Star {
        private final Random random;
        private final boolean trims;
        private final SimulatedServer server;
        private final List<SimulatedClient> clients = new ArrayList<>();
        private long clock = 10;

        Star(Random random, boolean trims) {
            this.random = random;
            this.trims = trims;
            server = new SimulatedServer(random, trims);
            int count = 2 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                clients.add(new SimulatedClient(new FileIdent(2 + i), random));
            }
        }

        void step() {
            clock += random.nextInt(3);
            SimulatedClient client = clients.get(random.nextInt(clients.size()));
            switch (random.nextInt(12)) {
                case 0 -> server.write(clock);
                case 1 -> client.connect(server);
                case 2, 3, 4 -> client.upload(server, 1 + random.nextInt(3));
                case 5, 6, 7 -> client.download(server, random.nextInt(300), random.nextInt(5) == 0);
                default -> client.commit(clock + skew(client));
            }
            check();
        }

        /** Some clocks are wrong, some by little. */
        private static long skew(SimulatedClient client) {
            return (client.ident().value() % 3 - 1) * 7;
        }

        void settle() {
            clients.forEach(client -> client.connect(server));
            while (!clients.stream().allMatch(client -> client.isQuiet(server))) {
                for (SimulatedClient client : clients) {
                    client.upload(server, 2);
                    client.download(server, 200, false);
                }
                check();
            }
        }

        private void check() {
            if (trims) {
                HistoryInvariants.check(server.history());
            }
        }

        void assertConverged() {
            for (SimulatedClient client : clients) {
                assertThat(client.state().toJson())
                        .as("state of client %s", client.ident())
                        .isEqualTo(server.state().toJson());
            }
            assertThat(server.replayed().toJson()).as("replayed history").isEqualTo(server.state().toJson());
        }
    }
}
