// SPDX-License-Identifier: Apache-2.0
package org.openros.consul.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ConsulBinaryTest {
    @TempDir
    Path folder;

    @Test
    void programOnThePathIsTakenFirst() throws IOException {
        Path first = program(folder.resolve("a"), true);
        program(folder.resolve("b"), true);
        program(folder.resolve("cache/consul/1.8.7"), true);

        assertThat(binary("none", "a", "b").find()).contains(first);
    }

    @Test
    void fetchedProgramIsTakenWithoutFetchingAgain() throws Exception {
        Path fetched = program(folder.resolve("cache/consul/1.8.7"), true);
        List<String> progress = new ArrayList<>();

        assertThat(binary("none").findOrFetch(progress::add)).isEqualTo(fetched);
        assertThat(progress).isEmpty();
    }

    @Test
    void whatCannotBeRunIsNoProgram() throws IOException {
        program(folder.resolve("a"), false);
        Files.createDirectories(folder.resolve("b/consul"));

        assertThat(binary("a", "b").find()).isEmpty();
    }

    private ConsulBinary binary(String... names) {
        List<String> path = new ArrayList<>();
        for (String name : names) {
            path.add(folder.resolve(name).toString());
        }
        return new ConsulBinary(String.join(File.pathSeparator, path), folder.resolve("cache"));
    }

    private static Path program(Path parent, boolean executable) throws IOException {
        Files.createDirectories(parent);
        Path program = Files.createFile(parent.resolve("consul"));
        assertThat(program.toFile().setExecutable(executable)).isTrue();
        return program;
    }
}
