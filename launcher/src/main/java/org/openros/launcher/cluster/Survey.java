// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.operator.HttpEndpoint;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import org.openros.launcher.operator.NodeStatus;
import org.openros.launcher.operator.WorkerApi;
import org.openros.launcher.process.ProcessIdentity;
import org.openros.launcher.process.Vitals;
import org.openros.launcher.process.Vitals.Condition;

/** Asks all processes at the same time how they are. */
final class Survey {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Health health;
    private final String secret;

    Survey(Cluster cluster) {
        this.cluster = cluster;
        health = new Health(cluster.folder());
        secret = cluster.folder().keys().internalSecret();
    }

    /** Takes about as long as the slowest answer, two timeouts at most. */
    ClusterStatus take() {
        List<PartStatus> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PartStatus>> answers = cluster.state().processes().stream()
                    .map(part -> threads.submit(() -> status(part)))
                    .toList();
            answers.forEach(answer -> all.add(finished(answer)));
        }
        return ClusterStatus.of(cluster.folder().root().toString(), cluster.gatewayUrls(), withLag(all));
    }

    private static PartStatus finished(Future<PartStatus> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private PartStatus status(Part part) {
        Vitals vitals = cluster.look(part);
        boolean running = vitals.condition() == Condition.RUNNING;
        String state = stateOf(part, vitals);
        String problem = running ? health.ready(part) : whyNotRunning(part, vitals, state);
        NodeStatus node = running ? nodeOf(part) : NodeStatus.UNKNOWN;
        ProcessIdentity process = part.process();
        return new PartStatus(part.name(), part.kind(), state,
                vitals.alive() && process != null ? process.pid() : null, vitals.memory(),
                problem == null, problem, node.role(), part.group(), node.epoch(), node.committed(), node.lag(),
                part.ports());
    }

    /** One that ended by itself has said why in its last line, as applications do. */
    private String whyNotRunning(Part part, Vitals vitals, String state) {
        String reason = part.process() == null || vitals.alive() ? null : LogTail.lastWords(cluster.folder().log(part));
        return reason == null ? state : reason;
    }

    private static String stateOf(Part part, Vitals vitals) {
        return part.process() == null ? "stopped" : vitals.condition().name().toLowerCase(Locale.ROOT);
    }

    private NodeStatus nodeOf(Part part) {
        return switch (part.kind()) {
            case WORKER -> worker(part);
            case CONSUL -> new NodeStatus(consulRole(part), null, null, null, null);
            case AGENT, CORE, GATEWAY -> NodeStatus.UNKNOWN;
        };
    }

    private NodeStatus worker(Part part) {
        try {
            Reply reply = new WorkerApi(URI.create(part.url()), secret).status(TIMEOUT);
            return reply.ok() ? NodeStatus.of(reply.body()) : NodeStatus.UNKNOWN;
        } catch (IOException e) {
            return NodeStatus.UNKNOWN;
        }
    }

    private static @Nullable String consulRole(Part part) {
        try {
            Reply reply = new HttpEndpoint(URI.create(part.url())).get("/v1/status/leader", TIMEOUT);
            String leader = reply.body().asString("");
            return leader.isEmpty() ? null : leader.endsWith(":" + part.port("server")) ? "leader" : "follower";
        } catch (IOException e) {
            return null;
        }
    }

    /** Lag is counted against the newest master of the group, for all nodes alike. */
    private static List<PartStatus> withLag(List<PartStatus> parts) {
        Map<String, PartStatus> masters = new HashMap<>();
        for (PartStatus part : parts) {
            if ("master".equals(part.role()) && part.epoch() != null && part.committed() != null) {
                masters.merge(Objects.requireNonNull(part.group()), part, Survey::newer);
            }
        }
        return parts.stream().map(part -> withLag(part, masters.get(part.group()))).toList();
    }

    private static PartStatus newer(PartStatus one, PartStatus other) {
        return Objects.requireNonNull(one.epoch()) >= Objects.requireNonNull(other.epoch()) ? one : other;
    }

    private static PartStatus withLag(PartStatus part, @Nullable PartStatus master) {
        if (master == null || part.committed() == null) {
            return part;
        }
        long lag = Math.max(0, Objects.requireNonNull(master.committed()) - part.committed());
        return new PartStatus(part.name(), part.kind(), part.state(), part.pid(), part.memory(), part.ready(),
                part.problem(),
                part.role(), part.group(), part.epoch(), part.committed(), lag, part.ports());
    }
}
