// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.process.DetachedProcess;
import org.openros.launcher.process.ProcessIdentity;
import org.openros.launcher.process.ProcessTable;
import org.openros.launcher.process.Signal;
import org.openros.launcher.process.Vitals;
import org.openros.launcher.process.Vitals.Condition;

/** The processes of a cluster, started, watched and ended by what its folder says. Thread-safe. */
final class Cluster {
    /** glibc keeps memory of threads that are gone apart; two pools are enough. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private final ClusterFolder folder;
    private final ProcessTable processes = new ProcessTable();
    private final Launches launches;

    Cluster(ClusterFolder folder, Launches launches) {
        this.folder = folder;
        this.launches = launches;
    }

    ClusterFolder folder() {
        return folder;
    }

    /** Where clients of this machine reach the gateways. */
    List<String> gatewayUrls() {
        return state().ofKind(Kind.GATEWAY).stream()
                .map(part -> folder.url(part).toString())
                .toList();
    }

    ClusterState state() {
        return folder.existing();
    }

    /** What the system says of a process of this cluster. */
    Vitals look(Part part) {
        ProcessIdentity process = part.process();
        return process == null ? new Vitals(Condition.DEAD, 0) : processes.look(process);
    }

    /** The processes of a state that do not live. */
    List<Part> dead(ClusterState state) {
        return state.processes().stream().filter(part -> !look(part).alive()).toList();
    }

    /**
     * Starts a process unless it lives.
     *
     * @return false if it lives
     */
    boolean launch(String name) {
        boolean[] launched = new boolean[1];
        folder.update(state -> {
            Part part = state.part(name);
            if (look(part).alive()) {
                return state;
            }
            launched[0] = true;
            return state.with(launched(part, state));
        });
        return launched[0];
    }

    private Part launched(Part part, ClusterState state) {
        try {
            Files.createDirectories(folder.data(part));
            List<String> command = launches.prepare(part, state, folder);
            ProcessIdentity process =
                    new DetachedProcess(command, ENVIRONMENT, folder.data(part), folder.log(part)).start();
            return part.startedAs(process, command);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.DATA, "cannot start " + part.name() + " (" + e + "): look at "
                    + folder.root(), e);
        }
    }

    /**
     * Sends a signal.
     *
     * @throws StartFailure if the process does not live
     */
    void signal(Part part, Signal signal) {
        if (!send(part, signal)) {
            throw new StartFailure(ExitStatus.UNAVAILABLE, part.name() + " does not run: start it with ros cluster "
                    + "restart "
                    + part.name() + " --dir " + folder.root());
        }
    }

    private boolean send(Part part, Signal signal) {
        ProcessIdentity process = part.process();
        try {
            return process != null && processes.signal(process, signal);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal " + part.name(), e);
        }
    }

    /**
     * Ends processes in good order, all at the same time. Those that are still there at the end of the patience are
     * killed.
     *
     * @return those that had to be killed
     */
    List<Part> stop(List<Part> parts, Duration patience) throws InterruptedException {
        for (Part part : parts) {
            send(part, Signal.TERM);
            // A paused process does not see the first signal otherwise.
            send(part, Signal.CONT);
        }
        awaitDeath(parts, patience);
        List<Part> stubborn = parts.stream().filter(part -> look(part).alive()).toList();
        stubborn.forEach(part -> send(part, Signal.KILL));
        awaitDeath(stubborn, patience);
        forget(parts);
        return stubborn;
    }

    private void awaitDeath(List<Part> parts, Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.after(patience);
        while (parts.stream().anyMatch(part -> look(part).alive()) && !deadline.passed()) {
            deadline.pause();
        }
    }

    private void forget(List<Part> parts) {
        folder.update(state -> {
            ClusterState changed = state;
            for (Part part : parts) {
                Part present = state.part(part.name());
                if (!look(present).alive()) {
                    changed = changed.with(present.stopped());
                }
            }
            return changed;
        });
    }
}
