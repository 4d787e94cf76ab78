// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything. */
@Command(name = "stop",
        description = "Stops all processes in good order. Ports and data stay for the next start.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    @Mixin
    private FolderOption folder = new FolderOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Cluster cluster = folder.cluster();
        new Shutdown(cluster, line -> {
            out.println(line);
            out.flush();
        }, STOP_PATIENCE).stop(cluster.state().processes());
        out.println("The cluster in " + cluster.folder().root() + " is stopped");
        return ExitStatus.OK.code();
    }
}
