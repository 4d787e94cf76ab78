// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ConfigFolder;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.ListenAddress;
import org.openros.launcher.StartFailure;
import org.openros.launcher.process.Vitals.Condition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes a cluster, or starts what is down of one. */
@Command(name = "start",
        description = "Starts all processes and returns when clients can be served. What is in DIR decides: a new "
                    + "cluster is made, a stopped one goes on with its ports and data, of a running one only what is "
                    + "down is started. Ctrl-C stops what was started.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StartClusterCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 9080;

    @Mixin
    private FolderOption folder = new FolderOption();

    @Option(names = "--port", paramLabel = "PORT",
            description = "Port of the first gateway, the second one has the next (default: " + DEFAULT_PORT
                    + "). The other ports are chosen once and kept.")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "HOST",
            description = "Address on which the gateways listen (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(names = "--groups", paramLabel = "N",
            description = "Groups of three sync workers (default: 1).")
    private @Nullable Integer groups;

    @Option(names = "--worker-heap", paramLabel = "SIZE", defaultValue = "512m",
            description = "Largest heap of a worker (default: ${DEFAULT-VALUE}). Of a cluster that exists it stays.")
    private String workerHeap = "";

    @Option(names = "--config", paramLabel = "DIR",
            description = "Folder with settings in files gateway.yaml, core-services.yaml, sync-worker.yaml. It is "
                    + "remembered; processes that run go on with what they have.")
    private @Nullable Path config;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "180",
            description = "How long it may take until clients can be served (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        checkArguments();
        ConfigFolder settings = config == null ? null : ConfigFolder.of(config);
        Cluster cluster = folder.cluster();
        ClusterState state = cluster.folder().read();
        if (state == null) {
            state = cluster.folder().create(fresh());
        } else {
            checkSame(state);
        }
        if (settings != null) {
            state = cluster.folder().update(present -> present.configuredBy(settings.root().toString()));
        }
        List<Part> dead = cluster.dead(state);
        if (dead.isEmpty()) {
            folder.say("The cluster in " + cluster.folder().root() + " runs already" + paused(cluster, state));
        }
        if (settings != null && dead.size() < state.processes().size()) {
            folder.say("what runs keeps its settings until ros cluster restart NAME");
        }
        start(cluster, state, dead);
        folder.say("OpenROS is ready at " + String.join(" and ", cluster.gatewayUrls()));
        return ExitStatus.OK.code();
    }

    private void start(Cluster cluster, ClusterState state, List<Part> dead) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap(cluster, folder::say, Duration.ofSeconds(timeout));
        Thread onInterrupt = new Thread(() -> breakOff(bootstrap), "ros-break-off");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            bootstrap.start(dead);
            bootstrap.awaitReady(state.ofKind(Kind.GATEWAY));
        } catch (StartFailure e) {
            bootstrap.breakOff();
            throw e;
        }
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }

    private static void breakOff(Bootstrap bootstrap) {
        try {
            bootstrap.breakOff();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkArguments() {
        require(port == null || port > 0 && port < 65_535, "--port has to be between 1 and 65534, not " + port);
        require(groups == null || groups > 0 && groups <= 8, "--groups has to be between 1 and 8, not " + groups);
        require(timeout > 0, "--timeout has to be positive, not " + timeout);
        require(workerHeap.matches("[1-9][0-9]{0,5}[mMgG]"), "--worker-heap has to be like 512m or 2g, not "
                + workerHeap);
    }

    private void require(boolean met, String message) {
        if (!met) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private ClusterState fresh() {
        int first = port == null ? DEFAULT_PORT : port;
        String address = host == null ? "127.0.0.1" : host;
        for (int i = 0; i < Topology.GATEWAYS; i++) {
            ListenAddress.of(address, first + i);
        }
        Set<Integer> taken = new HashSet<>(Set.of(first, first + 1));
        int count = groups == null ? 1 : groups;
        return new ClusterState(ClusterState.VERSION, address, count, workerHeap, null,
                Topology.of(first, count, () -> freePort(taken)));
    }

    private static int freePort(Set<Integer> taken) {
        int free = ListenAddress.internal().port();
        while (!taken.add(free)) {
            free = ListenAddress.internal().port();
        }
        return free;
    }

    /** What was decided at the first start stays; asking for something else is a mistake. */
    private void checkSame(ClusterState state) {
        int present = state.ofKind(Kind.GATEWAY).getFirst().port("http");
        boolean same = (port == null || port == present)
                && (groups == null || groups == state.groups())
                && (host == null || host.equals(state.host()));
        if (!same) {
            throw new StartFailure(ExitStatus.USAGE, "there is a cluster with --port " + present + " --groups "
                    + state.groups()
                    + " --host " + state.host() + " in this folder: leave the options out, or give another --dir");
        }
    }

    private static String paused(Cluster cluster, ClusterState state) {
        return state.processes().stream()
                .filter(part -> cluster.look(part).condition() == Condition.PAUSED)
                .map(part -> "; " + part.name() + " is paused")
                .collect(Collectors.joining());
    }
}
