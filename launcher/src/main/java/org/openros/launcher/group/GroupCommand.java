// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ros group}. */
@Command(name = "group",
        description = "Asks and orders a group of sync workers, through a gateway like the other commands (--url), or "
                + "of a cluster on this machine (--dir); in an emergency the workers themselves (--worker).",
        subcommands = {
            GroupStatusCommand.class,
            OrderCommand.StepDown.class,
            OrderCommand.Pause.class,
            OrderCommand.Resume.class,
            OrderCommand.ReplaceBackup.class,
            VerifyCommand.class,
            OrderCommand.ReseedRecord.class,
            ForcePromoteCommand.class
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or verify found a difference",
            "2:wrong command line",
            "4:not reachable, or not possible now"
        })
public final class GroupCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
