// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openros.storage.DurableFolder;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

/** A folder with all that is in it. */
record FileTree(Path root) {
    /** Removes it if it is there. */
    void delete() throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** The names of its files, which lie in no further folder, in order. */
    List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(root)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** Makes its files and their names durable. */
    void force() throws IOException {
        for (String name : names()) {
            try (FileChannel channel = FileChannel.open(root.resolve(name), READ, WRITE)) {
                channel.force(true);
            }
        }
        DurableFolder.force(root);
    }
}
