// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cluster a command is about. */
final class FolderOption {
    @Option(names = "--dir", paramLabel = "DIR", defaultValue = "./cluster",
            description = "Folder of the cluster (default: ${DEFAULT-VALUE}).")
    private Path dir = Path.of("cluster");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec command;

    /** The cluster; nothing is looked at yet. */
    Cluster cluster() {
        return new Cluster(new ClusterFolder(dir), ProgramLaunches.ofThisMachine(this::say));
    }

    /** Shows a line at once, for people who wait. */
    void say(String line) {
        PrintWriter out = command.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
