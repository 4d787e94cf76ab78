// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A process with a heap of 160 MB, a part of which stands for the rest of a worker. */
final class LargeUploadsTest {
    private static final int CLIENTS = 4;
    private static final int OBJECTS = 100_000;

    @TempDir
    private Path folder;

    @Test
    void smallHeapTakesLargeTransactionsOfManyAndServesOthersMeanwhile() throws IOException, InterruptedException {
        LargeMessages.write(folder.resolve("messages"), 1, OBJECTS);

        List<String> said = run("45");

        assertThat(said)
                .anyMatch(line -> line.matches("done " + 3 * CLIENTS + " of " + 3 * CLIENTS + ", small changes .*"));
        assertThat(said).anyMatch(line -> line.contains("refused [], failed []"));
    }

    private List<String> run(String others) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx160m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dlogback.configurationFile=no-such-file",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeUploads.class.getName(),
                        folder.resolve("store").toString(),
                        folder.resolve("messages").toString(),
                        Integer.toString(CLIENTS),
                        others)
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader()) {
            return lines.lines().toList();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
