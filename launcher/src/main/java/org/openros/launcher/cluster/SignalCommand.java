// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.process.Signal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sends a signal to a process, and prints what was done in one line: {@code killed worker-1}. */
abstract class SignalCommand implements Callable<Integer> {
    private final Signal signal;
    private final String done;

    @Mixin
    private FolderOption folder = new FolderOption();

    @Mixin
    private TargetArguments arguments = new TargetArguments();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    SignalCommand(Signal signal, String done) {
        this.signal = signal;
        this.done = done;
    }

    @Override
    public Integer call() {
        Target target = arguments.target();
        if (target == null) {
            throw new ParameterException(spec.commandLine(), "NAME is missing");
        }
        Cluster cluster = folder.cluster();
        ClusterState state = cluster.state();
        Part part = state.part(target.resolve(state, () -> new Survey(cluster).take()));
        cluster.signal(part, signal);
        spec.commandLine().getOut().println(done + " " + part.name());
        return ExitStatus.OK.code();
    }

    /** SIGKILL. */
    @Command(name = "kill", description = "Kills a process at once (SIGKILL), as a crash would.",
            mixinStandardHelpOptions = true)
    static final class Kill extends SignalCommand {
        Kill() {
            super(Signal.KILL, "killed");
        }
    }

    /** SIGSTOP. */
    @Command(name = "pause", description = "Holds a process (SIGSTOP), as if its machine were frozen.",
            mixinStandardHelpOptions = true)
    static final class Pause extends SignalCommand {
        Pause() {
            super(Signal.STOP, "paused");
        }
    }

    /** SIGCONT. */
    @Command(name = "resume", description = "Lets a paused process go on (SIGCONT).", mixinStandardHelpOptions = true)
    static final class Resume extends SignalCommand {
        Resume() {
            super(Signal.CONT, "resumed");
        }
    }
}
