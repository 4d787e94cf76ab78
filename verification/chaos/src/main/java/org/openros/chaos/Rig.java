// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openros.chaos.client.AckListener;
import org.openros.chaos.client.Clients;
import org.openros.chaos.client.Recorder;
import org.openros.chaos.cluster.LocalCluster;
import org.openros.chaos.cluster.WorkerLinks;
import org.openros.chaos.cluster.Workers;
import org.openros.chaos.fault.Faults;
import org.openros.history.Entry;
import org.openros.history.Holder;
import tools.jackson.databind.JsonNode;

/** A cluster at work: its processes, its clients, and all that looks at them. */
final class Rig implements AutoCloseable {
    private final @Nullable WorkerLinks links;
    private final LocalCluster cluster;
    private final Recorder recorder;
    private final Timeline timeline;
    private final Workers workers;
    private final Clients clients;

    /**
     * Starts the cluster of a folder, a new one if there is none, and then the clients.
     *
     * @param ros how the program is run
     * @param config folder with settings for the cluster; null for those it has
     * @param breakable whether links between nodes can be broken, which makes them a bit slower
     * @throws IOException if the history cannot be written
     */
    Rig(List<String> ros, Path folder, @Nullable Path config, boolean breakable, Clients.Crowd crowd,
            AckListener acks, PrintWriter out) throws IOException {
        Path home = folder.resolve("cluster");
        links = breakable ? new WorkerLinks(home) : null;
        cluster = new LocalCluster(ros, home);
        out.println("starting a cluster in " + home);
        out.flush();
        start(config);
        recorder = new Recorder(folder.resolve("history.jsonl"));
        timeline = new Timeline(out, recorder::now);
        var status = cluster.status();
        workers = new Workers(home, status.ofKind("worker"), this::saw);
        clients = new Clients(crowd, status.urls(), recorder, acks, folder.resolve("clients"));
        clients.start();
    }

    private void start(@Nullable Path config) {
        boolean exists = cluster.exists();
        if (exists) {
            cluster.stop(); // settings hold from the next start on
        }
        if (links != null) {
            links.open();
        }
        List<String> options = new ArrayList<>();
        if (!exists) {
            options.addAll(List.of("--port", Integer.toString(LocalCluster.freeGatewayPort())));
        }
        if (config != null) {
            options.addAll(List.of("--config", config.toString()));
        }
        cluster.start(options.toArray(String[]::new));
    }

    private void saw(Workers.View view) {
        timeline.saw(view);
        if (view.answers()) {
            recorder.record(at ->
                    new Entry.NodeState(at, view.node(), view.role(), view.epoch(), view.commit(), view.applied()));
        }
    }

    LocalCluster cluster() {
        return cluster;
    }

    Recorder recorder() {
        return recorder;
    }

    Timeline timeline() {
        return timeline;
    }

    Workers workers() {
        return workers;
    }

    Clients clients() {
        return clients;
    }

    Faults faults(SplittableRandom random) {
        return new Faults(cluster, Objects.requireNonNull(links), workers, recorder, timeline::add, random);
    }

    /**
     * Compares the states of the workers and records them.
     *
     * @return what is wrong; empty if they are equal
     */
    List<String> compareNodes() {
        try {
            JsonNode nodes = cluster.verify();
            for (Iterator<Map.Entry<String, JsonNode>> all = nodes.path("nodes").properties().iterator();
                    all.hasNext(); ) {
                Map.Entry<String, JsonNode> node = all.next();
                recorder.record(at -> new Entry.FinalState(
                        at, Holder.node(node.getKey()), "all realms", node.getValue().asString("none")));
            }
            timeline.add("the workers are equal at entry " + nodes.path("seq").asLong(0));
            return nodes.path("nodes").size() == 3 ? List.of()
                    : List.of("not all three workers could be compared: " + nodes);
        } catch (IllegalStateException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /** Ends clients and processes. The folder stays. */
    @Override
    public void close() throws IOException {
        List<AutoCloseable> parts = new ArrayList<>(List.of(clients, workers, cluster));
        if (links != null) {
            parts.add(links);
        }
        try {
            for (AutoCloseable part : parts) {
                part.close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the rig cannot be taken down", e);
        }
        recorder.close();
    }
}
