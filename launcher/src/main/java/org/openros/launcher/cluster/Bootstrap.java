// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

/** Starts what is down, kind after kind, and takes it down again if that fails or is broken off. */
final class Bootstrap {
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    private final Cluster cluster;
    private final Consumer<String> progress;
    private final Deadline deadline;
    private final Health health;
    private final List<String> launched = new ArrayList<>();
    private final Map<String, LogTail> logs = new HashMap<>();
    private boolean broken;
    private String said = "";

    /**
     * Starts nothing yet.
     *
     * @param progress gets lines for people
     * @param patience for all of it
     */
    Bootstrap(Cluster cluster, Consumer<String> progress, Duration patience) {
        this.cluster = cluster;
        this.progress = progress;
        deadline = Deadline.after(patience);
        health = new Health(cluster.folder());
    }

    /**
     * Starts those of the processes that are down and returns when each answers.
     *
     * @throws StartFailure if one ends, or the time is over
     */
    void start(List<Part> parts) throws InterruptedException {
        for (Set<Kind> step : List.of(EnumSet.of(Kind.CONSUL), EnumSet.of(Kind.AGENT),
                EnumSet.of(Kind.WORKER, Kind.CORE, Kind.GATEWAY))) {
            List<Part> due = parts.stream().filter(part -> step.contains(part.kind())).toList();
            if (!due.isEmpty()) {
                launch(due);
                await(due, health::live);
            }
        }
    }

    /** Returns when the processes can do their whole work. */
    void awaitReady(List<Part> parts) throws InterruptedException {
        await(parts, health::ready);
    }

    private void launch(List<Part> parts) {
        List<String> names = parts.stream().map(Part::name).toList();
        progress.accept("starting " + String.join(", ", names));
        names.forEach(this::launch);
    }

    private synchronized void launch(String name) {
        demandGoingOn();
        LogTail log = LogTail.behind(cluster.folder().log(cluster.state().part(name)));
        if (cluster.launch(name)) {
            launched.add(name);
            logs.put(name, log);
        }
    }

    private void await(List<Part> parts, Function<Part, @Nullable String> check) throws InterruptedException {
        for (Part part : parts) {
            String reason = check.apply(part);
            while (reason != null) {
                demandLife(part.name());
                launchedNames().forEach(this::demandLife);
                if (deadline.passed()) {
                    throw new StartFailure(ExitStatus.UNAVAILABLE, part.name() + " is not ready in time (" + reason
                            + "); its log: " + cluster.folder().log(part));
                }
                say("waiting for " + part.name() + ": " + reason);
                deadline.pause();
                reason = check.apply(part);
            }
        }
    }

    private void say(String line) {
        if (!line.equals(said)) {
            said = line;
            progress.accept(line);
        }
    }

    private synchronized void demandGoingOn() {
        if (broken) {
            throw new StartFailure(ExitStatus.UNAVAILABLE, "broken off, what was started is stopped again");
        }
    }

    private void demandLife(String name) {
        demandGoingOn();
        Part part = cluster.state().part(name);
        if (!cluster.look(part).alive()) {
            LogTail log = logs.getOrDefault(name, new LogTail(cluster.folder().log(part), 0));
            throw new StartFailure(ExitStatus.UNAVAILABLE, name + " has ended; " + log.log() + ":\n" + log.reason());
        }
    }

    private synchronized List<String> launchedNames() {
        return List.copyOf(launched);
    }

    /** Stops what was started here, and lets nothing more be started. Idempotent. */
    void breakOff() throws InterruptedException {
        List<String> names;
        synchronized (this) {
            broken = true;
            names = List.copyOf(launched);
            launched.clear();
        }
        ClusterState state = cluster.state();
        new Shutdown(cluster, line -> {}, STOP_PATIENCE).stop(names.stream().map(state::part).toList());
    }
}
