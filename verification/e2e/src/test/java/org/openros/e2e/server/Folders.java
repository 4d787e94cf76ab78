// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders as an operator handles them: as a whole. */
public final class Folders {
    private Folders() {}

    /** Copies a folder with everything in it. */
    public static void copy(Path from, Path to) {
        for (Path source : content(from)) {
            try {
                Files.copy(source, to.resolve(from.relativize(source)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Deletes a folder with everything in it. */
    public static void delete(Path folder) {
        for (Path path : content(folder).reversed()) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Folders before what is in them. */
    private static List<Path> content(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
