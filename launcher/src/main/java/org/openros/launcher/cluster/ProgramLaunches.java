// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.openros.consul.local.ConsulBinary;
import org.openros.consul.local.ConsulMissingException;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

/** Consul by its program, the applications by this one. */
final class ProgramLaunches implements Launches {
    private final JavaProgram java;
    private final ConsulLine consul;

    /** With Consul as it is found on this machine, or fetched; the progress gets a line for what takes time. */
    static ProgramLaunches ofThisMachine(Consumer<String> progress) {
        return new ProgramLaunches(JavaProgram.running(), new ConsulLine(() -> program(progress)));
    }

    ProgramLaunches(JavaProgram java, ConsulLine consul) {
        this.java = java;
        this.consul = consul;
    }

    private static Path program(Consumer<String> progress) {
        try {
            return ConsulBinary.ofThisMachine().findOrFetch(progress);
        } catch (ConsulMissingException e) {
            throw new StartFailure(ExitStatus.UNAVAILABLE, e.getMessage() + "", e);
        }
    }

    @Override
    public List<String> prepare(Part part, ClusterState state, ClusterFolder folder) throws IOException {
        if (!part.kind().isApplication()) {
            return consul.prepare(part, state, folder);
        }
        folder.keys().internalSecret();
        Properties settings = new Properties();
        settings.putAll(new ApplicationSettings(state, folder).of(part));
        for (Path file : folder.overrides(part)) {
            load(settings, file);
        }
        try (Writer file = Files.newBufferedWriter(folder.settings(part))) {
            settings.store(file, "Written at each start of " + part.name());
        }
        return java.run(part, state, folder);
    }

    private static void load(Properties settings, Path file) throws IOException {
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
        }
    }
}
