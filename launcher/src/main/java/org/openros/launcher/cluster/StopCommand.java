// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops everything. */
@Command(name = "stop",
        description = "Stops all processes in good order. Ports and data stay for the next start.",
        mixinStandardHelpOptions = true)
final class StopCommand implements Callable<Integer> {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    @Mixin
    private FolderOption folder = new FolderOption();

    @Override
    public Integer call() throws InterruptedException {
        Cluster cluster = folder.cluster();
        new Shutdown(cluster, folder::say, STOP_PATIENCE).stop(cluster.state().processes());
        folder.say("The cluster in " + cluster.folder().root() + " is stopped");
        return ExitStatus.OK.code();
    }
}
