// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.PrintWriter;
import org.openros.launcher.admin.BackupCommand;
import org.openros.launcher.admin.JobCommand;
import org.openros.launcher.admin.KeyCommand;
import org.openros.launcher.admin.PermissionCommand;
import org.openros.launcher.admin.RealmCommand;
import org.openros.launcher.admin.RestoreCommand;
import org.openros.launcher.admin.TokenCommand;
import org.openros.launcher.admin.UserCommand;
import org.openros.launcher.cluster.ClusterCommand;
import org.openros.launcher.group.GroupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code ros} command. */
@Command(name = "ros",
        description = "A sync server for Realm SDK clients.",
        subcommands = {StartCommand.class, RehearseCommand.class, RunCommand.class, ClusterCommand.class,
            GroupCommand.class, UserCommand.class, RealmCommand.class, PermissionCommand.class, TokenCommand.class,
            KeyCommand.class, JobCommand.class, BackupCommand.class, RestoreCommand.class,
            CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true,
        versionProvider = RosCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "  bench    Measures a server; see ros bench --help."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a fault; the log says more",
            "2:wrong command line",
            "3:the address cannot be used",
            "4:the data folder cannot be used",
            "5:what the command needs does not run, or is not in a state for it"})
public final class RosCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new RosCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((fault, command, parsed) -> report(fault, command.getErr()));
    }

    private static int report(Exception fault, PrintWriter out) {
        if (fault instanceof StartFailure failure) {
            out.println("ros: " + failure.getMessage());
            if (failure.status() == ExitStatus.FAULT) {
                failure.printStackTrace(out);
            }
            return failure.status().code();
        }
        fault.printStackTrace(out);
        return ExitStatus.FAULT.code();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "version", description = "Shows the version.")
    void version() {
        spec.commandLine().printVersionHelp(spec.commandLine().getOut());
    }

    /** The version of the build and of the Java that runs it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = RosCommand.class.getPackage().getImplementationVersion();
            return new String[] {"OpenROS " + (version == null ? "(not packaged)" : version)
                    + ", Java " + Runtime.version()};
        }
    }
}
