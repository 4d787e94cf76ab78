// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.Epoch;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills a process that follows, again and again on the same folder. */
final class KilledFollowerTest {
    private static final int KILLS = 4;
    private static final long SEED = 21;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private long promised;
    private long durable;
    private String hash = Position.START.hash().toString();

    @Test
    void promisesAndAppendedEntriesAreKeptAndCutOnesDoNotComeBack() throws IOException, InterruptedException {
        for (int kill = 1; kill <= KILLS; kill++) {
            runAndKill(200 + random.nextInt(1000), kill);
            try (RocksNodeStore store = CrashingFollower.open(folder)) {
                check(store, "seed " + SEED + ", kill " + kill);
            }
        }
    }

    private void check(RocksNodeStore store, String where) {
        assertThat(store.promisedEpoch()).as(where).isGreaterThanOrEqualTo(new Epoch(promised));
        assertThat(store.last().seq()).as(where).isGreaterThanOrEqualTo(durable);
        Position found = store.position(durable);
        assertThat(found).as(where).isNotNull();
        assertThat(String.valueOf(found == null ? null : found.hash())).as(where).isEqualTo(hash);
        long next = store.applied().seq();
        for (List<LogEntry> part = store.tail().read(next, 5000); !part.isEmpty();
                part = store.tail().read(next, 5000)) {
            for (LogEntry entry : part) {
                assertThat(entry.position().epoch()).as(where).isEqualTo(store.epochs().epochOf(++next));
            }
        }
        assertThat(next).as(where).isEqualTo(store.last().seq());
    }

    private void runAndKill(int afterLines, int kill) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dlogback.configurationFile=no-such-file",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingFollower.class.getName(),
                        folder.toString(),
                        Integer.toString(kill))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            int count = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                count += note(line) ? 1 : 0;
                if (count == afterLines) {
                    process.toHandle().destroyForcibly();
                }
            }
            assertThat(count).as("lines").isGreaterThanOrEqualTo(afterLines);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean note(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "promised" -> promised = Long.parseLong(words[1]);
            case "cutting", "appended" -> {
                durable = Long.parseLong(words[1]);
                hash = words[2];
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
