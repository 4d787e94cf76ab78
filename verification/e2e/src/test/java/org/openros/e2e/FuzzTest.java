// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.e2e.server.SharedServer;
import org.openros.stock.SyncedRealm;

/**
 * Random changes on five devices that go on and off line. A seed gives the same changes again, though not the same
 * interleaving with the network; {@code -De2e.seed=7} or {@code -De2e.seed=1-100} runs other seeds than the usual ones.
 */
class FuzzTest {
    private static final int DEVICES = 5;
    private static final int ROUNDS = 3;
    private static final int TRANSACTIONS = 100;
    private static final int OBJECTS = 8;

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Devices devices = new Devices();

    static LongStream seeds() {
        String[] range = System.getProperty("e2e.seed", "1-3").split("-");
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[range.length - 1]));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void devicesConvergeWhateverTheyDo(long seed) {
        String replay = "seed " + seed + "; replay: ./mvnw -q verify -pl verification/e2e -am -Dtest=FuzzTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -De2e.seed=" + seed;
        Random random = new Random(seed);
        List<SyncedRealm> realms = devices.realms(DEVICES, SERVER.url(), "fuzz-" + seed);
        List<RandomChanges> changes = IntStream.range(0, DEVICES)
                .mapToObj(device -> new RandomChanges(random, OBJECTS, "d" + device))
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            playRound(random, realms, changes);
            Convergence.assertSame(replay, realms);
        }
        SyncedRealm late = devices.realm(SERVER.url(), "fuzz-" + seed);
        Convergence.assertSame(replay, List.of(realms.getFirst(), late));
    }

    private static void playRound(Random random, List<SyncedRealm> realms, List<RandomChanges> changes) {
        boolean[] offline = new boolean[DEVICES];
        for (int i = 0; i < TRANSACTIONS; i++) {
            int who = random.nextInt(DEVICES);
            if (random.nextInt(12) == 0) {
                toggle(realms.get(who), offline[who]);
                offline[who] = !offline[who];
            }
            int size = 1 + random.nextInt(4);
            realms.get(who).write(realm -> {
                for (int change = 0; change < size; change++) {
                    changes.get(who).change(realm);
                }
            });
        }
        for (int who = 0; who < DEVICES; who++) {
            if (offline[who]) {
                realms.get(who).goOnline();
            }
        }
    }

    private static void toggle(SyncedRealm realm, boolean offline) {
        if (offline) {
            realm.goOnline();
        } else {
            realm.goOffline();
        }
    }
}
