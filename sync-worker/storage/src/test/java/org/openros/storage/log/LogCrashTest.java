// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Random histories of appends, releases, faults and crashes; the seed of a failing one stands in its name. */
final class LogCrashTest {
    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void acknowledgedEntriesSurviveWhateverWasNotFlushed(long seed) {
        LogScenario scenario = new LogScenario(seed);
        for (int step = 0; step < 60; step++) {
            switch (scenario.random.nextInt(16)) {
                case 0 -> scenario.apply(scenario.random.nextInt(100));
                case 1 -> scenario.reopen();
                case 2 -> crashWithinTheNextBatch(scenario);
                case 3 -> failFlush(scenario);
                case 4 -> fillUp(scenario);
                case 5 -> scenario.cut();
                case 6 -> scenario.crashWhileCutting(scenario.random.nextInt(3));
                case 7 -> scenario.nextEpoch();
                case 8 -> scenario.checkAll();
                default -> scenario.append(1 + scenario.random.nextInt(12), 3000);
            }
        }
        scenario.crash();
        scenario.log.close();
    }

    /** A flush that fails leaves exactly the picture of a crash between write and flush. */
    private static void crashWithinTheNextBatch(LogScenario scenario) {
        scenario.disk.failNextFlush();
        assertThatThrownBy(() -> scenario.append(1 + scenario.random.nextInt(12), 3000))
                .isInstanceOf(StorageException.class);
        scenario.crash();
    }

    private static void failFlush(LogScenario scenario) {
        scenario.disk.failNextFlush();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> scenario.append(1, 100))
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.IO));
        }
        scenario.reopen();
    }

    private static void fillUp(LogScenario scenario) {
        scenario.disk.fillUpAfter(scenario.random.nextInt(2));
        try {
            scenario.append(1 + scenario.random.nextInt(12), 3000);
            scenario.disk.fillUpAfter(Integer.MAX_VALUE);
        } catch (StorageException e) {
            assertThat(e.reason()).isEqualTo(Reason.DISK_FULL);
        }
    }
}
