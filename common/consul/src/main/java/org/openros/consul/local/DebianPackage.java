// SPDX-License-Identifier: Apache-2.0
package org.openros.consul.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** Takes one file out of a package of Debian 11, with the system's own tools but lists and folders of its own. */
final class DebianPackage {
    private static final Path KEYS = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
    private static final List<Path> TOOLS = List.of(Path.of("/usr/bin/apt-get"), Path.of("/usr/bin/dpkg-deb"), KEYS);
    private static final long MINUTES = 3;
    /** The end of a tool's output, as much as fits a message. */
    private static final int QUOTED = 300;

    private DebianPackage() {}

    /** Null if this machine does not have what it takes. */
    static @Nullable DebianPackage ofThisMachine() {
        return TOOLS.stream().allMatch(Files::exists) ? new DebianPackage() : null;
    }

    /**
     * Fetches a package and moves one of its files to its place.
     *
     * @param folder for everything else; removed afterwards
     */
    void unpack(String name, String file, Path parent, Path target) throws IOException {
        Path folder = Files.createTempDirectory(parent, "fetch");
        try {
            List<String> apt = apt(folder);
            run(folder, with(apt, "update"));
            run(folder, with(apt, "download", name));
            try (Stream<Path> files = Files.list(folder)) {
                Path archive = files.filter(each -> each.toString().endsWith(".deb"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("apt-get has downloaded no package"));
                run(folder, List.of("dpkg-deb", "-x", archive.toString(), "unpacked"));
            }
            Files.move(folder.resolve("unpacked").resolve(file), target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static List<String> apt(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("state/lists/partial"));
        Files.createDirectories(folder.resolve("cache/archives/partial"));
        Files.createFile(folder.resolve("status"));
        Path sources = Files.writeString(
                folder.resolve("sources.list"),
                "deb [signed-by=" + KEYS + "] http://deb.debian.org/debian bullseye main\n");
        List<String> command = new ArrayList<>(List.of("apt-get", "-q", "-y"));
        for (String option : List.of(
                "Dir::State=" + folder.resolve("state"),
                "Dir::State::status=" + folder.resolve("status"),
                "Dir::Cache=" + folder.resolve("cache"),
                "Dir::Etc::sourcelist=" + sources,
                "Dir::Etc::sourceparts=-",
                "Dir::Etc::preferences=" + folder.resolve("status"),
                "Dir::Etc::preferencesparts=" + folder.resolve("cache"),
                "Acquire::Languages=none",
                "Acquire::http::Timeout=20",
                "APT::Update::Error-Mode=any",
                "APT::Sandbox::User=")) {
            command.add("-o");
            command.add(option);
        }
        return command;
    }

    private static List<String> with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toList();
    }

    private static void run(Path folder, List<String> command) throws IOException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0) {
                return;
            }
            String text = Files.readString(output).strip();
            throw new IOException(command.getFirst() + " failed: "
                    + text.substring(Math.max(0, text.length() - QUOTED)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
