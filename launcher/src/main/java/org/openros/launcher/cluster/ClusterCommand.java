// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ros cluster}. */
@Command(name = "cluster",
        description = "Runs the real topology on this machine, as separate processes: Consul, groups of three sync "
                    + "workers, core services and gateways. They go on when the command has ended.",
        subcommands = {
            StartClusterCommand.class,
            StatusCommand.class,
            SignalCommand.Kill.class,
            SignalCommand.Pause.class,
            SignalCommand.Resume.class,
            RestartCommand.class,
            StopCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class ClusterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
