// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.openros.launcher.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Stops and starts a process, or starts those that are down. */
@Command(name = "restart",
        description = "Stops a process in good order (SIGTERM) and starts it again, or starts all that are down. "
                    + "Returns when it answers; a worker may need longer to be in sync, see ros cluster status.",
        mixinStandardHelpOptions = true)
final class RestartCommand implements Callable<Integer> {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    @Mixin
    private FolderOption folder = new FolderOption();

    @Mixin
    private TargetArguments arguments = new TargetArguments();

    @Option(names = "--dead", description = "Starts all processes that are down, in place of NAME.")
    private boolean dead;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "60",
            description = "How long it may take until they answer (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Target target = arguments.target();
        if (dead == (target != null)) {
            throw new ParameterException(spec.commandLine(), "give either NAME or --dead");
        }
        Cluster cluster = folder.cluster();
        ClusterState state = cluster.state();
        List<Part> parts = target == null
                ? cluster.dead(state)
                : List.of(state.part(target.resolve(state, () -> new Survey(cluster).take())));
        if (parts.isEmpty()) {
            folder.say("nothing is down");
            return ExitStatus.OK.code();
        }
        new Shutdown(cluster, line -> {}, STOP_PATIENCE).stop(parts);
        new Bootstrap(cluster, line -> {}, Duration.ofSeconds(timeout)).start(parts);
        folder.say((dead ? "started " : "restarted ")
                + parts.stream().map(Part::name).collect(Collectors.joining(", ")));
        return ExitStatus.OK.code();
    }
}
