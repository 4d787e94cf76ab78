// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with settings of the applications in files of their names, {@code gateway.yaml}. They go over those in the
 * folder where the program is started.
 *
 * @param root absolute
 */
public record ConfigFolder(Path root) {
    /** Of the files, without {@code .yaml}, {@code .yml} or {@code .properties}. */
    private static final List<String> NAMES = List.of("gateway", "core-services", "sync-worker");

    /** For the paths of options. */
    public ConfigFolder {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * What somebody named on the command line.
     *
     * @throws StartFailure if there are no settings in it
     */
    public static ConfigFolder of(Path folder) {
        ConfigFolder config = new ConfigFolder(folder);
        if (Stream.of(".yaml", ".yml", ".properties")
                .noneMatch(form -> NAMES.stream().anyMatch(name -> Files.exists(config.root.resolve(name + form))))) {
            throw new StartFailure(ExitStatus.USAGE, "--config has to be a folder with gateway.yaml, "
                    + "core-services.yaml or sync-worker.yaml in it, not " + folder);
        }
        return config;
    }

    /** What makes an application read its file. It does not start if the folder is gone by then. */
    Map<String, Object> properties() {
        return Map.of("spring.config.additional-location", "file:" + root + "/");
    }
}
