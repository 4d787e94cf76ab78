// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.KeyFolder;
import org.openros.launcher.StartFailure;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of a cluster: {@code cluster.json}, {@code keys/} what the applications share, {@code etc/} their
 * settings, {@code log/NAME.log}, {@code data/NAME}, {@code backups/}. Commands that run at the same time change the
 * file one after the other.
 */
final class ClusterFolder {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path root;

    /** Touches nothing. */
    ClusterFolder(Path folder) {
        root = folder.toAbsolutePath().normalize();
    }

    Path root() {
        return root;
    }

    Path log(Part part) {
        return root.resolve("log").resolve(part.name() + ".log");
    }

    Path data(Part part) {
        return root.resolve("data").resolve(part.name());
    }

    Path settings(Part part) {
        return root.resolve("etc").resolve(part.name() + ".properties");
    }

    /** Written by an application that has started: what its HTTP interface speaks. */
    Path scheme(Part part) {
        return root.resolve("etc").resolve(part.name() + ".scheme");
    }

    /** Where the HTTP interface of a process is reached from this machine. */
    URI url(Part part) {
        return URI.create(part.url().replaceFirst("^http", speaksTls(part) ? "https" : "http"));
    }

    private boolean speaksTls(Part part) {
        try {
            return Files.exists(scheme(part)) && Files.readString(scheme(part)).equals("https");
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Files of the user's, whose settings go over the others, the later ones over the earlier; they need not exist. */
    List<Path> overrides(Part part) {
        Path mine = root.resolve("etc").resolve("local");
        return List.of(mine.resolve(part.kind().word() + ".properties"), mine.resolve(part.name() + ".properties"));
    }

    /** Made when the first backup is. */
    Path backups() {
        return root.resolve("backups");
    }

    KeyFolder keys() {
        return new KeyFolder(root.resolve("keys"));
    }

    /** The state, null if there never was a cluster here. */
    @Nullable ClusterState read() {
        Path file = file();
        if (!Files.exists(file)) {
            return null;
        }
        try {
            ClusterState state = JSON.readValue(file, ClusterState.class);
            if (state.version() != ClusterState.VERSION) {
                throw new StartFailure(ExitStatus.DATA, file + " was written by another version of this program: use "
                        + "that one, or give another --dir");
            }
            return state;
        } catch (JacksonException e) {
            throw new StartFailure(ExitStatus.DATA, file + " cannot be read (" + e.getOriginalMessage()
                    + "): stop the processes it names, then delete it", e);
        }
    }

    /**
     * The state of a cluster that exists.
     *
     * @throws StartFailure if there is none
     */
    ClusterState existing() {
        ClusterState state = read();
        if (state == null) {
            throw new StartFailure(ExitStatus.DATA, "there is no cluster in " + root
                    + ": start one with ros cluster start --dir " + root);
        }
        return state;
    }

    /** Makes the folders and writes the first state, unless another command was faster. */
    ClusterState create(ClusterState fresh) {
        try {
            for (String name : new String[] {"log", "data", "etc"}) {
                Files.createDirectories(root.resolve(name));
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        keys().create();
        return locked(() -> {
            ClusterState present = read();
            if (present == null) {
                write(fresh);
            }
            return present == null ? fresh : present;
        });
    }

    /** Changes the state; what the change does besides is done under the lock of the folder too. */
    ClusterState update(UnaryOperator<ClusterState> change) {
        return locked(() -> {
            ClusterState state = existing();
            ClusterState changed = change.apply(state);
            if (!changed.equals(state)) {
                write(changed);
            }
            return changed;
        });
    }

    private Path file() {
        return root.resolve("cluster.json");
    }

    private interface Work {
        ClusterState run() throws IOException;
    }

    private synchronized ClusterState locked(Work work) {
        Path path = root.resolve("cluster.lock");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assert held.isValid();
            return work.run();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void write(ClusterState state) throws IOException {
        Path fresh = root.resolve("cluster.json.new");
        Files.write(fresh, JSON.writeValueAsBytes(state));
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private StartFailure unusable(IOException e) {
        return new StartFailure(ExitStatus.DATA, "cannot write to " + root + " (" + e + "): give the folder to this "
                + "user, or give another --dir", e);
    }
}
