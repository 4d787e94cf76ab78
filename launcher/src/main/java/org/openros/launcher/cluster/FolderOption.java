// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster a command is about. */
final class FolderOption {
    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "./cluster",
            description = "Folder of the cluster (default: ${DEFAULT-VALUE}).")
    private Path dir = Path.of("cluster");

    /** The cluster; nothing is looked at yet. */
    Cluster cluster() {
        return new Cluster(new ClusterFolder(dir), new ProgramLaunches(JavaProgram.running()));
    }
}
