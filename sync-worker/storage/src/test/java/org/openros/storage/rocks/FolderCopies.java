// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Copies a store's folder at each failpoint, which is what a process that is killed there leaves behind. */
final class FolderCopies implements Consumer<Failpoint> {
    private final Path folder;
    private final Path copies;
    private final List<Path> made = new ArrayList<>();

    FolderCopies(Path folder, Path copies) {
        this.folder = folder;
        this.copies = copies;
    }

    @Override
    public void accept(Failpoint failpoint) {
        Path copy = copies.resolve(made.size() + 1 + "-" + failpoint);
        copy(folder, copy);
        made.add(copy);
    }

    /** In the order of the failpoints. */
    List<Path> made() {
        return made;
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.endsWith("lock")).toList()) {
                Files.createDirectories(to.resolve(from.relativize(file)).getParent());
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
