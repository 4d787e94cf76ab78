// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.storage.RealmStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.storage.Realms.CLIENT;
import static org.openros.storage.Realms.realm;
import static org.openros.storage.Realms.states;
import static org.openros.storage.Realms.versions;

/** Kills a process that commits, again and again on the same folder. */
final class KilledProcessTest {
    private static final int KILLS = 4;
    private static final long SEED = 20;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final long[] reported = new long[CrashingWriter.REALMS];

    @Test
    void everyReportedCommitIsThereAndNoneIsThereByHalf() throws IOException, InterruptedException {
        for (int kill = 1; kill <= KILLS; kill++) {
            runAndKill(200 + random.nextInt(3000));
            try (RocksStorage storage = RocksStorage.open(folder, SmallStores.OPTIONS)) {
                for (int i = 0; i < reported.length; i++) {
                    check(storage.realm(realm(i)), reported[i], "seed " + SEED + ", kill " + kill + ", realm " + i);
                }
            }
        }
    }

    private static void check(RealmStore realm, long reported, String where) {
        long version = realm.head().serverVersion();
        assertThat(version).as(where).isGreaterThanOrEqualTo(reported);
        assertThat(versions(realm, 0, Long.MAX_VALUE)).as(where)
                .isEqualTo(LongStream.rangeClosed(1, version).boxed().toList());
        if (version > 0) {
            assertThat(states(realm, "", "")).as(where).containsExactly("v" + version + "=x");
            assertThat(realm.reciprocals(CLIENT, 0)).as(where).containsOnlyKeys(version);
        }
    }

    private void runAndKill(int afterReports) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dlogback.configurationFile=no-such-file",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String line = lines.readLine();
            for (int count = 0; line != null && count < afterReports; line = lines.readLine()) {
                count += note(line) ? 1 : 0;
            }
            process.toHandle().destroyForcibly();
            for (; line != null; line = lines.readLine()) {
                note(line);
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private boolean note(String line) {
        if (!line.matches("[0-9]+ [0-9]+")) {
            assertThat(line).doesNotStartWith("failed");
            return false;
        }
        String[] parts = line.split(" ", 2);
        reported[Integer.parseInt(parts[0])] = Long.parseLong(parts[1]);
        return true;
    }
}
