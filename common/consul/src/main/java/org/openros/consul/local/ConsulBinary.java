// SPDX-License-Identifier: Apache-2.0
package org.openros.consul.local;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The Consul program of this machine: the one on the PATH, else Homebrew's, else one that was fetched before, else, on
 * Debian and its relatives, version 1.8.7 is fetched from the package archive of Debian 11 into a folder of the user's.
 * Nothing of the system is changed, and no rights are needed. The fetched one is for development only.
 */
public final class ConsulBinary {
    private static final String FETCHED_VERSION = "1.8.7";
    private static final String[] HOMEBREW = {"/opt/homebrew/bin", "/usr/local/bin", "/home/linuxbrew/.linuxbrew/bin"};

    private final String searchPath;
    private final Path cache;

    /**
     * Looks in given places.
     *
     * @param searchPath folders, separated as in PATH
     * @param cache what is fetched goes below it
     */
    ConsulBinary(String searchPath, Path cache) {
        this.searchPath = searchPath;
        this.cache = cache.resolve("consul").resolve(FETCHED_VERSION);
    }

    /** Looks on the PATH and Homebrew's folders, and keeps what it fetches in the user's cache folder. */
    public static ConsulBinary ofThisMachine() {
        String path = environment("PATH", "");
        String caches = environment("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return new ConsulBinary(
                path + File.pathSeparator + String.join(File.pathSeparator, HOMEBREW), Path.of(caches, "openros"));
    }

    private static String environment(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    /** The program, if it is on this machine already. */
    public Optional<Path> find() {
        Stream<Path> folders = Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return Stream.concat(folders, Stream.of(cache))
                .map(folder -> folder.resolve("consul"))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    /**
     * The program; fetched if it is not there. Several processes may do this at once.
     *
     * @param progress told in one line what takes time
     * @throws ConsulMissingException with what to do, if it cannot be had
     */
    public Path findOrFetch(Consumer<String> progress) throws ConsulMissingException {
        Path found = find().orElse(null);
        return found != null ? found : fetch(progress);
    }

    /** One thread of one process at a time: file locks are for processes. */
    private Path fetch(Consumer<String> progress) throws ConsulMissingException {
        synchronized (ConsulBinary.class) {
            return fetchOnce(progress);
        }
    }

    private Path fetchOnce(Consumer<String> progress) throws ConsulMissingException {
        DebianPackage debian = DebianPackage.ofThisMachine();
        if (debian == null) {
            throw new ConsulMissingException("Consul was not found on the PATH", null);
        }
        try {
            Files.createDirectories(cache);
            try (FileChannel channel = FileChannel.open(
                            cache.resolve("fetch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                return fetchAlone(debian, progress);
            }
        } catch (IOException e) {
            throw new ConsulMissingException(
                    "Consul was not found on the PATH, and could not be fetched from Debian's archive ("
                    + e.getMessage()
                            + ")",
                    e);
        }
    }

    private Path fetchAlone(DebianPackage debian, Consumer<String> progress) throws IOException {
        Path program = cache.resolve("consul");
        if (!Files.isExecutable(program)) {
            progress.accept("Fetching Consul " + FETCHED_VERSION + " from Debian's archive into " + cache
                    + " (about 25 MB, once)");
            debian.unpack("consul", "usr/bin/consul", cache, program);
        }
        return program;
    }
}
