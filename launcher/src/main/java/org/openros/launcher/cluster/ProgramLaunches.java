// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** Consul by its program, the applications by this one. */
final class ProgramLaunches implements Launches {
    private final JavaProgram java;

    ProgramLaunches(JavaProgram java) {
        this.java = java;
    }

    @Override
    public List<String> prepare(Part part, ClusterState state, ClusterFolder folder) throws IOException {
        if (!part.kind().isApplication()) {
            return new ConsulLine(state, folder).of(part);
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
