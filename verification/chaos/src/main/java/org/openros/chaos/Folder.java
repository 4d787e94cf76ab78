// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a run. */
final class Folder {
    private Folder() {}

    /** The folder that was asked for, or a new one. */
    static Path of(@Nullable Path wanted) throws IOException {
        return wanted == null
                ? Files.createTempDirectory("ros-chaos")
                : Files.createDirectories(wanted.toAbsolutePath().normalize());
    }

    /** Deletes it with everything in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
